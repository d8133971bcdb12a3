/**
 * Where an index is opened: here, or by the script of another bundle.
 */
import { loadEngine } from './engine.js';
import { JisouError } from './errors.js';
import { PLACE } from './place.js';
import { turn } from './turns.js';

/** The folder that this script lies in. */
const HERE = new URL('./', import.meta.url);

/** @param {string | URL} base a folder or a module, relative to the page */
const address = (base) => new URL(base, globalThis.document?.baseURI ?? globalThis.location?.href);

/**
 * Whether a folder is the one that this script lies in.
 * @param {string | URL | undefined} base
 */
export const isHere = (base) => base === undefined || address(base).href === HERE.href;

/**
 * Opens the index of a bundle.
 * @template I
 * @param {string | URL | undefined} base a folder or a module, relative to the page; without, what belongs to this script
 * @param {(loaded: import('./engine.js').Loaded) => I} make opens an index here
 * @returns {Promise<I>} rejects with a {@link JisouError}
 */
export async function openAt(base, make) {
  const folder = base === undefined ? HERE : address(base);
  const module = folder.pathname.endsWith('.wasm') ? folder.href : '';
  // A bundle has its own script, which fits its module and index; this one need not.
  if (!module && folder.href !== HERE.href) return openIn(new URL('jisou.js', folder));
  try {
    const loaded = await loadEngine(module);
    // Several that wait for the same files do not go on all at once.
    await turn();
    return make(loaded);
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
 * Opens what lies here by the script of the engine that also knows what else may be meant.
 * @template I
 * @param {string} index the name of the index that is wanted: a copy of the script that the browser has kept may name another
 * @param {object} options
 * @returns {Promise<I>}
 */
export async function openMeant(index, options) {
  const script = new URL('jisou-meant.js', HERE);
  const { build } = /** @type {{ build: string }} */ (await import(script.href));
  if (build !== index) script.search = `?${Date.now()}`;
  return openIn(script, options);
}

/**
 * @template I
 * @param {URL} script
 * @param {object} [options]
 * @returns {Promise<I>}
 */
async function openIn(script, options) {
  /** @type {{ open: (base?: undefined, options?: object) => Promise<I> }} */
  const bundle = await import(script.href).catch((cause) => {
    const remedy = 'Name the folder that `jisou index` wrote, and check that its host allows to load it from here.';
    throw new JisouError('load-failed', `${script} could not be loaded. ${remedy}`, cause);
  });
  return bundle.open(undefined, options);
}
