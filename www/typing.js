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
 * @returns {() => void} stops listening
 */
export function watchTyping(input, typed) {
  const listening = new AbortController();
  const { signal } = listening;
  let composing = false;
  let pause = 0;

  const settle = () => {
    clearTimeout(pause);
    typed(input.value, false);
  };
  input.addEventListener('compositionstart', () => (composing = true), { signal });
  input.addEventListener(
    'compositionend',
    () => {
      composing = false;
      settle();
    },
    { signal },
  );
  input.addEventListener(
    'input',
    (event) => {
      if (!composing && !(event instanceof InputEvent && event.isComposing)) return settle();
      clearTimeout(pause);
      pause = setTimeout(() => typed(input.value, true), PAUSE);
    },
    { signal },
  );
  return () => {
    clearTimeout(pause);
    listening.abort();
  };
}
