/**
 * Where an index is opened: here, or by the script of another bundle.
 */
import { loadEngine } from './engine.js';
import { JisouError } from './errors.js';
import { PLACE } from './place.js';

/** The folder that this script lies in. */
const HERE = new URL('./', import.meta.url);

/**
 * Opens the index of a bundle.
 * @template I
 * @param {string | URL | undefined} base a folder or a module, relative to the page; without, what belongs to this script
 * @param {(loaded: import('./engine.js').Loaded) => I} make opens an index here
 * @returns {Promise<I>} rejects with a {@link JisouError}
 */
export async function openAt(base, make) {
  const folder = base === undefined ? HERE : new URL(base, globalThis.document?.baseURI ?? globalThis.location?.href);
  const module = folder.pathname.endsWith('.wasm') ? folder.href : '';
  // A bundle has its own script, which fits its module and index; this one need not.
  if (!module && folder.href !== HERE.href) return openIn(new URL('jisou.js', folder));
  try {
    return make(await loadEngine(module));
  } catch (thrown) {
    const error = JisouError.from(thrown);
    if (module || !PLACE.index || error.code !== 'load-failed') throw error;
    return openNew().catch(() => Promise.reject(error));
  }
}

/**
 * Opens what lies here now: the site may have been built anew since this script was loaded or cached. Then the names of its files
 * are others.
 * @template I
 * @returns {Promise<I>} rejects where this script is itself what lies here now
 */
export async function openNew() {
  if (import.meta.url.includes('?')) throw new Error();
  return openIn(new URL(`jisou.js?${Date.now()}`, HERE));
}

/**
 * @template I
 * @param {URL} script
 * @returns {Promise<I>}
 */
async function openIn(script) {
  /** @type {{ open: () => Promise<I> }} */
  const bundle = await import(script.href).catch((cause) => {
    const remedy = 'Name the folder that `jisou index` wrote, and check that its host allows to load it from here.';
    throw new JisouError('load-failed', `${script} could not be loaded. ${remedy}`, cause);
  });
  return bundle.open();
}
