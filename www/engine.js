/**
 * The only file that knows the WebAssembly module: it says whether WebAssembly may run here, fetches the module
 * once however many ask for it, and forgets a failed attempt so that the next call is a new one.
 */
import init, { Engine } from './jisou_engine.js';
import { JisouError } from './errors.js';

const MODULE = new URL('./jisou_engine_bg.wasm', import.meta.url);

/** The smallest module there is: the magic number and the version, no sections. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** @type {Promise<typeof Engine> | undefined} */
let loading;
let failedBefore = false;

/**
 * The engine's class, after the module has been loaded.
 * @returns {Promise<typeof Engine>} rejects with `no-wasm` or `load-failed`
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
  const response = await request();
  try {
    // Streaming compilation demands this exact MIME type. The generated loader finds that out by failing and then
    // writes a warning to the console; deciding it here keeps the console of a plain static host empty.
    const streams = response.headers.get('content-type') === 'application/wasm';
    await init({ module_or_path: streams ? response : await response.arrayBuffer() });
  } catch (cause) {
    throw new JisouError(
      'load-failed',
      `${MODULE} is not the search module or arrived damaged. Check that the file was deployed whole, then try again.`,
      cause,
    );
  }
  return Engine;
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

async function request() {
  /** @type {Response} */
  let response;
  try {
    // A second attempt must not be answered by the browser's copy of what failed the first time.
    response = await fetch(MODULE, { cache: failedBefore ? 'reload' : 'default' });
  } catch (cause) {
    throw new JisouError('load-failed', `${MODULE} could not be fetched. Check the connection, then try again.`, cause);
  }
  if (!response.ok) {
    throw new JisouError(
      'load-failed',
      `${MODULE} answered with status ${response.status}. Deploy the file beside the script, then try again.`,
    );
  }
  return response;
}
