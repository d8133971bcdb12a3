/**
 * Where a box gets its index from. The engine's script is fetched by the first call only, from the folder that this
 * script came from.
 */

/** @typedef {import('../jisou.js').Index} Index */

/** The folder of the deployed files, with a slash at its end. */
export const HERE = new URL('./', import.meta.url).href;

/**
 * @param {string} src the address of a bundle's folder; empty for the index inside the module or, if there is none, that
 *   of the bundle in whose folder this script lies
 * @returns {Promise<Index>} rejects with a `JisouError`
 */
export async function openIndex(src) {
  /** @type {{ open: (base?: string) => Promise<Index> }} */
  const { open } = await import('../jisou.js').catch((cause) => {
    throw Object.assign(new Error('jisou.js did not arrive. Deploy it beside jisou-search.js.', { cause }), { code: 'load-failed' });
  });
  if (src) return open(new URL(src, document.baseURI).href);
  return open().catch((error) => {
    if (error.code === 'no-index') return open(HERE);
    throw error;
  });
}
