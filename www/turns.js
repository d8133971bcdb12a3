/** What may take long is done in a task of its own, so that what a reader does comes in between. */

/** Resolves in a new task. @returns {Promise<void>} */
export const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Whether a frame has come since something was done at once. */
let rested = true;

/**
 * Resolves at once, so that what is done then can be in the next frame; but only once a frame, and otherwise in a new task.
 * @returns {Promise<void> | undefined}
 */
export function beforeFrame() {
  if (!rested) return turn();
  rested = false;
  requestAnimationFrame(() => (rested = true));
}
