/** What may take long is done in a task of its own, so that what a reader does comes in between. */

/** Resolves in a new task. @returns {Promise<void>} */
export const turn = () => new Promise((resolve) => setTimeout(resolve));
