import { on } from './dom.js';

/**
 * Tells when the reader turns to something outside an element: by pointer, or by moving the focus. What happens inside is
 * known by the event having passed through the element, which is right inside closed shadow roots too.
 * @param {HTMLElement} element
 * @param {() => void} left
 * @param {AbortSignal} signal stops listening
 */
export function watchAway(element, left, signal) {
  /** @type {Event | null} */
  let inside = null;
  for (const type of ['pointerdown', 'focusin']) {
    on(element, type, signal, (event) => (inside = event));
    on(element.ownerDocument, type, signal, (event) => event !== inside && left());
  }
}
