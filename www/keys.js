/**
 * The keys of the search box (the combobox pattern of the ARIA Authoring Practices: focus stays in the box, the
 * active option moves) and of the page.
 */
import { belongsToInputMethod } from './typing.js';

/**
 * @typedef {object} BoxKeys
 * @property {(by: 1 | -1) => boolean} move to the next or previous option; false if there is none
 * @property {(event: KeyboardEvent) => void} enter
 * @property {() => boolean} escape false if there is nothing to leave
 */

/**
 * Home, End and all editing keys are left to the box.
 * @param {HTMLInputElement} input
 * @param {BoxKeys} keys
 * @returns {() => void} stops listening
 */
export function watchBoxKeys(input, keys) {
  /** @param {KeyboardEvent} event */
  const listener = (event) => {
    if (belongsToInputMethod(event)) return;
    let taken = false;
    if (event.key === 'Enter') {
      taken = true;
      keys.enter(event);
    } else if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    } else if (event.key === 'ArrowDown') taken = keys.move(1);
    else if (event.key === 'ArrowUp') taken = keys.move(-1);
    else if (event.key === 'Escape') taken = keys.escape();
    if (taken) event.preventDefault();
  };
  input.addEventListener('keydown', listener);
  return () => input.removeEventListener('keydown', listener);
}

/**
 * `/` and Ctrl/Cmd+K lead to the box, never out of another field; Escape leaves what is being read.
 * @param {Document} page
 * @param {{ focus: () => void, escape: () => void }} keys
 * @returns {() => void} stops listening
 */
export function watchPageKeys(page, keys) {
  /** @param {KeyboardEvent} event */
  const listener = (event) => {
    if (belongsToInputMethod(event) || isEditable(event.target)) return;
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') keys.escape();
    else if ((event.key === '/' && !command && !event.altKey) || (event.key.toLowerCase() === 'k' && command)) {
      event.preventDefault();
      keys.focus();
    }
  };
  page.addEventListener('keydown', listener);
  return () => page.removeEventListener('keydown', listener);
}

/**
 * @param {EventTarget | null} target
 */
function isEditable(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
