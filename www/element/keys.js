/**
 * The keys of the search box (the combobox pattern of the ARIA Authoring Practices: focus stays in the box, the
 * active option moves) and of the page.
 */
import { on } from './dom.js';
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
 * @param {AbortSignal} signal stops listening
 */
export function watchBoxKeys(input, keys, signal) {
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
  on(input, 'keydown', signal, listener);
}

/**
 * `/` and Ctrl/Cmd+K lead to the box, never out of another field. Of several boxes the first that takes the key has it.
 * @param {HTMLElement} box
 * @param {() => boolean} opened opens the box; false if it could not
 * @param {AbortSignal} signal stops listening
 */
export function watchHotkeys(box, opened, signal) {
  /** @param {KeyboardEvent} event */
  const listener = (event) => {
    if (event.defaultPrevented || belongsToInputMethod(event)) return;
    const command = event.ctrlKey || event.metaKey;
    const wanted = command ? event.key.toLowerCase() === 'k' && !event.shiftKey : event.key === '/';
    if (!wanted || event.altKey || isWriting(event) || box.getClientRects().length === 0) return;
    if (opened()) event.preventDefault();
  };
  on(box.ownerDocument, 'keydown', signal, listener);
}

/**
 * Whether a key may be meant for a text. What is inside a closed shadow root is not told; its host then has the focus
 * without being able to take it.
 * @param {KeyboardEvent} event
 */
function isWriting(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  const hidden = target !== document.body && !target.hasAttribute('tabindex') && target.tabIndex < 0 && target === document.activeElement;
  return (
    hidden ||
    target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    ['textbox', 'searchbox', 'combobox'].includes(target.role ?? '')
  );
}
