/**
 * Typing with and without an input method.
 *
 * While text is being composed the box holds letters that the reader has not chosen yet: they are not the query, and
 * Enter, Escape and the arrows belong to the input method. Browsers disagree on the edges, hence the two rules:
 * - A key belongs to the input method if `isComposing` is set or the key code is 229. Safari ends the composition
 *   before the Enter that confirmed it, and only the code still tells.
 * - The text is settled at `compositionend` even if it did not change: Chromium sends its last `input` before that,
 *   Safari after it.
 *
 * Android keyboards compose plain Latin words too, and may not end the composition before the reader stops: composed
 * text is passed on as tentative after a pause.
 */
import { on } from './dom.js';

/** In milliseconds. */
const PAUSE = 250;

/**
 * @param {KeyboardEvent} event
 */
export function belongsToInputMethod(event) {
  return event.isComposing || event.keyCode === 229;
}

/**
 * @param {HTMLInputElement} input
 * @param {(text: string, tentative: boolean) => void} typed
 * @param {AbortSignal} signal stops listening
 * @returns {() => boolean} whether text is being composed now
 */
export function watchTyping(input, typed, signal) {
  let composing = false;
  let pause = 0;
  const settle = () => {
    clearTimeout(pause);
    typed(input.value, false);
  };
  on(input, 'compositionstart', signal, () => (composing = true));
  on(input, 'compositionend', signal, () => {
    composing = false;
    settle();
  });
  on(input, 'input', signal, (event) => {
    if (!composing && !(event instanceof InputEvent && event.isComposing)) return settle();
    clearTimeout(pause);
    pause = setTimeout(() => typed(input.value, true), PAUSE);
  });
  signal.addEventListener('abort', () => clearTimeout(pause));
  return () => composing;
}
