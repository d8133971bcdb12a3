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

/** @type {Promise<Loaded> | undefined} */
let loading;
let failedBefore = false;

/**
 * Loads the module, and the index with it.
 * @returns {Promise<Loaded>} rejects with `no-wasm` or `load-failed`
 */
export function loadEngine() {
  loading ??= load().catch((error) => {
    loading = undefined;
    failedBefore = true;
    throw error;
  });
  return loading;
}

async function load() {
  refuseWithoutWasm();
  const [, index] = await Promise.all([loadModule(), loadIndex()]);
  return { Engine, index };
}

async function loadModule() {
  if (typeof PLACE.engine === 'function') {
    await init({ module_or_path: await PLACE.engine() });
    return;
  }
  const url = new URL(PLACE.engine, import.meta.url);
  const response = await request(url);
  try {
    // Streaming compilation demands this exact MIME type. The generated loader finds that out by failing and then
    // writes a warning to the console; deciding it here keeps the console of a plain static host empty.
    const streams = response.headers.get('content-type') === 'application/wasm';
    await init({ module_or_path: streams ? response : await response.arrayBuffer() });
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
    return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
  } catch (cause) {
    throw damaged(url, 'the index', cause);
  }
}

/**
 * @param {URL} url
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
