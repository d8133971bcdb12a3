/**
 * Where a box gets its index from. The engine's script is fetched by the first call only, from the folder that this
 * script came from.
 */
import { turn } from './turns.js';

/** @typedef {import('../jisou.js').Index} Index */

/** The folder of the deployed files, with a slash at its end. */
export const HERE = new URL('./', import.meta.url).href;

/** Of each folder, what was opened last: boxes open it one after the other, each in a task of its own. @type {Map<string, Promise<unknown>>} */
const last = new Map();

/**
 * @param {string} src the address of a bundle's folder; empty for the index that belongs to this script's folder
 * @returns {Promise<Index>} rejects with a `JisouError`
 */
export function openIndex(src) {
  const opening = Promise.resolve(last.get(src)).then(turn).then(() => open(src));
  last.set(src, opening.catch(() => {}));
  return opening;
}

/**
 * @param {string} src
 * @returns {Promise<Index>}
 */
async function open(src) {
  const api = await import('../jisou.js').catch((cause) => {
    throw Object.assign(new Error('jisou.js did not arrive. Deploy it beside jisou-search.js.', { cause }), { code: 'load-failed' });
  });
  return api.open(src || undefined);
}
