/**
 * What may take long is done in a task of its own, so that what a reader does comes in between: of one box, and of several on a page.
 */

/** Resolves in a new task. @returns {Promise<void>} */
export const turn = () => new Promise((resolve) => setTimeout(resolve));

/** How many boxes are built in one task; the others of a page have one each. */
const AT_ONCE = 4;
let built = 0;

/** Whether this task has done enough. */
export function crowded() {
  if (built === 0) setTimeout(() => (built = 0));
  return ++built > AT_ONCE;
}
