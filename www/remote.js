/**
 * An index in a worker, so that fetching, decoding and searching never keep the page from answering its reader. The worker runs the script
 * of the API itself; all indexes of a page that this script opens share it. Where a worker is not allowed, or does not get as far as an
 * open index, the index is opened in the page.
 */
import { JisouError } from './errors.js';

/** What the page asks: of which index, by its number; with the number of the question. @typedef {{ id: number, of: number, method: string, args: unknown[] }} Question */
/** What the worker answers. @typedef {{ id: number, value?: unknown, error?: { code: string, message: string } }} Reply */

/** In place of a method: calls off the question of that number. */
const STOP = 'stop';

export const calledOff = () => new JisouError('aborted', 'The question was called off by its signal.');

/**
 * In a worker that runs a script: opens indexes and hands questions on to them. Anywhere else it does nothing.
 * @param {string} script
 * @param {(options: object) => Promise<object>} open
 */
export function serve(script, open) {
  if ('document' in globalThis || globalThis.location?.href !== script) return;
  /** @type {Map<number, Promise<Record<string, (...args: unknown[]) => unknown>>>} */
  const indexes = new Map();
  /** What calls off each question that is being answered. @type {Map<number, AbortController>} */
  const stops = new Map();
  addEventListener('message', async (/** @type {MessageEvent<Question>} */ { data: { id, of, method, args } }) => {
    if (method === STOP) return stops.get(id)?.abort();
    /** @type {Reply} */
    let reply;
    const stop = new AbortController();
    stops.set(id, stop);
    if (method === 'search') Object.assign(/** @type {object} */ (args[1]), { signal: stop.signal });
    try {
      if (method === 'open') indexes.set(of, /** @type {any} */ (open(/** @type {object} */ (args[0]))));
      const index = await indexes.get(of);
      reply = { id, value: method === 'open' ? undefined : await index?.[method]?.(...args) };
    } catch (thrown) {
      const { code, message } = JisouError.from(thrown);
      reply = { id, error: { code, message } };
    }
    stops.delete(id);
    if (method === 'close') indexes.delete(of);
    /** @type {(message: Reply) => void} */ (postMessage)(reply);
  });
}

/** The worker of this page, while any index is open in it. @type {Remote | undefined} */
let remote;

class Remote {
  #worker;
  /** Questions without an answer. @type {Map<number, { resolve: (value: any) => void, reject: (error: JisouError) => void }>} */
  #asked = new Map();
  #last = 0;
  /** The numbers of the open indexes. @type {Set<number>} */
  open = new Set();

  /** @param {string} script */
  constructor(script) {
    this.#worker = new Worker(script, { type: 'module', name: 'jisou' });
    this.#worker.onmessage = (/** @type {MessageEvent<Reply>} */ { data: { id, value, error } }) => {
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (error) asked?.reject(new JisouError(error.code, error.message));
      else asked?.resolve(value);
      if (this.open.size + this.#asked.size === 0) this.#end();
    };
    this.#worker.onerror = () => this.#end();
  }

  /**
   * @param {number} of
   * @param {string} method
   * @param {unknown[]} args
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  ask(of, method, args, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw calledOff();
      const id = ++this.#last;
      signal?.addEventListener('abort', () => {
        if (!this.#asked.delete(id)) return;
        reject(calledOff());
        this.#worker.postMessage({ id, of, method: STOP, args: [] });
      });
      try {
        this.#worker.postMessage({ id, of, method, args });
      } catch (cause) {
        // What cannot be handed over is no option of anything.
        throw new JisouError('bad-option', `${method}() was given something that is no plain value.`, cause);
      }
      this.#asked.set(id, { resolve, reject });
    });
  }

  /**
   * Closes an index; the worker ends with the last one.
   * @param {number} of
   */
  close(of) {
    if (this.open.delete(of)) this.ask(of, 'close', []).catch(() => {});
  }

  #end() {
    this.#worker.terminate();
    if (remote === this) remote = undefined;
    this.open.clear();
    for (const { reject } of this.#asked.values()) {
      reject(new JisouError('internal', 'The worker of the search stopped. Reload the page to start it afresh.'));
    }
    this.#asked.clear();
  }
}

let numbers = 0;

/**
 * Opens an index in the worker.
 * @param {string} script the address of the script that the worker runs, which calls {@link serve}
 * @param {object} options for its `open`
 * @returns {Promise<{ ask: (method: string, args: unknown[], signal?: AbortSignal) => Promise<any>, close: () => void } | undefined>} nothing
 *   where that does not work
 */
export async function openRemote(script, options) {
  const of = ++numbers;
  try {
    const worker = (remote ??= new Remote(script));
    worker.open.add(of);
    await worker.ask(of, 'open', [options]).catch((error) => {
      worker.close(of);
      throw error;
    });
    return {
      ask: async (method, args, signal) => {
        if (!worker.open.has(of)) throw new JisouError('closed', 'This index was closed. Call open() for a new one.');
        return worker.ask(of, method, args, signal);
      },
      close: () => worker.close(of),
    };
  } catch {
    return undefined;
  }
}
