/**
 * The only file that knows the WebAssembly module: it says whether WebAssembly may run here, fetches the module
 * once however many ask for it, and forgets a failed attempt so that the next call is a new one. The index, where it is a
 * file of its own, is fetched along with it, and once as well.
 */
import init, { Engine } from './jisou_engine.js';
import { JisouError } from './errors.js';
import { PLACE } from './place.js';

/** The smallest module there is: the magic number and the version, no sections. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/**
 * What was loaded: the engine's class, and the bytes of the index unless it is inside the module.
 * @typedef {{ Engine: typeof Engine, index: Uint8Array | undefined }} Loaded
 */

/** By the address of the module; the one that belongs to this script is under the empty one. @type {Map<string, Promise<Loaded>>} */
const loading = new Map();
/** @type {Promise<unknown> | undefined} */
let started;
let failedBefore = false;

/**
 * Loads the module, and the index with it.
 * @param {string} [from] another module of the same engine, with an index inside; the engine that runs is the first that was
 *   loaded, since all are the same
 * @returns {Promise<Loaded>} rejects with `no-wasm` or `load-failed`
 */
export function loadEngine(from = '') {
  let loaded = loading.get(from);
  if (!loaded) {
    loaded = load(from).catch((error) => {
      loading.delete(from);
      failedBefore = true;
      throw error;
    });
    loading.set(from, loaded);
  }
  return loaded;
}

/** @param {string} from */
async function load(from) {
  refuseWithoutWasm();
  const [module, index] = await Promise.all([compile(from), from ? undefined : loadIndex()]);
  started ??= init({ module_or_path: module });
  await started.catch((cause) => {
    started = undefined;
    throw damaged(from || PLACE.engine, 'the search module', cause);
  });
  // What `jisou embed --wasm` added.
  const [inside] = WebAssembly.Module.customSections(module, 'jisou');
  return { Engine, index: index ?? (inside && new Uint8Array(inside)) };
}

/** @param {string} from */
async function compile(from) {
  if (!from && typeof PLACE.engine === 'function') return WebAssembly.compile(await PLACE.engine());
  const url = new URL(from || /** @type {string} */ (PLACE.engine), import.meta.url);
  const response = await request(url);
  try {
    // Streaming compilation demands this exact MIME type; where a plain static host sends another, it is not tried.
    const streams = response.headers.get('content-type') === 'application/wasm';
    return await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    throw damaged(url, 'the search module', cause);
  }
}

/** @returns {Promise<Uint8Array | undefined>} */
async function loadIndex() {
  if (typeof PLACE.index === 'function') return PLACE.index();
  if (!PLACE.index) return undefined;
  const url = new URL(PLACE.index, import.meta.url);
  const { body } = await request(url);
  try {
    if (!body) throw new Error('an empty answer');
    // The root of an index in pieces is as it is.
    const plain = PLACE.index.endsWith('.txt') ? body : body.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch (cause) {
    throw damaged(url, 'the index', cause);
  }
}

/**
 * @param {unknown} url
 * @param {string} what
 * @param {unknown} cause
 */
function damaged(url, what, cause) {
  const remedy = 'Check that the file was deployed whole, then try again.';
  return new JisouError('load-failed', `${url} is not ${what} or arrived damaged. ${remedy}`, cause);
}

/** A Content-Security-Policy shows only when something is compiled, so the smallest module is tried, before any fetch. */
function refuseWithoutWasm() {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    throw new JisouError(
      'no-wasm',
      'WebAssembly is missing or refused. Use a current browser; if the page has a Content-Security-Policy, ' +
        "add 'wasm-unsafe-eval' to its script-src.",
      cause,
    );
  }
}

/** @param {URL} url */
async function request(url) {
  /** @type {Response} */
  let response;
  try {
    // A second attempt must not be answered by the browser's copy of what failed the first time.
    response = await fetch(url, { cache: failedBefore ? 'reload' : 'default' });
  } catch (cause) {
    throw new JisouError('load-failed', `${url} could not be fetched. Check the connection, then try again.`, cause);
  }
  if (!response.ok) {
    throw new JisouError(
      'load-failed',
      `${url} answered with status ${response.status}. Deploy the file beside the script, then try again.`,
    );
  }
  return response;
}
