/**
 * Where a box gets its index from. The engine's script is fetched by the first call only, from the folder that this
 * script came from.
 */

/** @typedef {import('../jisou.js').Index} Index */

/** The folder of the deployed files, with a slash at its end. */
export const HERE = new URL('./', import.meta.url).href;

/**
 * @param {string} src the address of a bundle's folder; empty for the index that belongs to this script's folder
 * @returns {Promise<Index>} rejects with a `JisouError`
 */
export async function openIndex(src) {
  const { open } = await import('../jisou.js').catch((cause) => {
    throw Object.assign(new Error('jisou.js did not arrive. Deploy it beside jisou-search.js.', { cause }), { code: 'load-failed' });
  });
  return open(src || undefined);
}
