/**
 * The JavaScript API over an index in pieces, which are fetched as queries need them. `jisou index --layout cut` writes it in place of
 * `jisou.js`, whose API it has; what it cannot tell is said there.
 */
import { isHere, openAt, openMeant, openNew } from './bundles.js';
import { JisouError } from './errors.js';
import { PLACE } from './place.js';
import { calledOff, openRemote, serve } from './remote.js';
import { selection } from './selection.js';
import { place, string } from './values.js';

export { JisouError };

/**
 * The engine of an index in pieces. Instead of an answer it gives the names of the pieces that it needs first.
 * @typedef {object} PiecesEngine
 * @property {(query: string, options: object | undefined, typed: boolean) => string[] | import('./jisou_engine.js').SearchResponse} search
 * @property {(id: number, query: string, typed: boolean) => string[] | import('./jisou_engine.js').Page} page
 * @property {(prefix: string, options: object) => string[] | string} suggest
 * @property {(query: string, id: number) => string[] | import('./jisou.js').Explanation | null} explain only of the engine that knows more
 * @property {(name: string, bytes: Uint8Array) => void} supply
 * @property {(bytes: number) => void} keep
 * @property {() => import('./jisou_engine.js').IndexInfo} info
 * @property {() => void} free
 */

/** @typedef {{ filters: import('./jisou.js').Facet[], sorts: import('./jisou.js').SortInfo[] }} There */

/** More rounds than any question needs: then the engine has a fault, and is not asked for ever. */
const ROUNDS = 100;

/** How much of the pieces is kept in memory by default, in bytes. */
const MEMORY = 32 * 2 ** 20;

/**
 * Opens the index, as `open` of `jisou.js` does.
 * @param {string | URL} [base] the folder of a bundle; without, that of this script
 * @param {{ memory?: number, worker?: boolean }} [options] for the index of this script: `memory`, about how many bytes of pieces are kept in
 *   memory; those that were not needed for the longest time are fetched again when they are; default 32 MiB. `worker`, whether pieces are
 *   fetched and searched in a worker where the page may have one; default true
 * @returns {Promise<Index>} rejects with a {@link JisouError}
 */
export async function open(base, { memory = MEMORY, worker = true } = {}) {
  if (worker && globalThis.document && isHere(base)) {
    const found = await openRemote(import.meta.url, { memory });
    if (found) return /** @type {Index} */ (/** @type {unknown} */ (new Distant(found)));
  }
  return openAt(base, ({ Engine, index }) => {
    if (!index) throw new JisouError('no-index', 'This bundle has no root. Index the site again.');
    try {
      return new Index(/** @type {PiecesEngine} */ (/** @type {unknown} */ (new Engine(index))), memory);
    } catch (thrown) {
      if (JisouError.from(thrown).code !== 'wrong-magic') throw thrown;
      // What a host answers in place of a file that is gone.
      throw new JisouError('load-failed', `${PLACE.index} is no root of an index. Deploy the folder of the bundle whole.`, thrown);
    }
  });
}

/** The name of the root of the index that this script opens. */
export const build = String(PLACE.index);

/** An open index in pieces. Made by {@link open}. */
export class Index {
  /** @type {PiecesEngine | undefined} */
  #engine;
  #memory;
  /** @type {Promise<Index> | undefined} */
  #opening;
  /** @type {Promise<There> | undefined} */
  #there;
  /** Pieces that are being fetched. @type {Map<string, Promise<void>>} */
  #fetching = new Map();
  /**
   * What is asked instead: what the site has been built to since, if pieces of this build are gone; or this index in the engine that knows
   * what else may be meant, once a query has found little.
   * @type {Index | undefined}
   */
  #instead;

  /**
   * @param {PiecesEngine} engine
   * @param {number} memory
   * @internal
   */
  constructor(engine, memory) {
    this.#engine = engine;
    this.#memory = memory;
  }

  /** Which build this is. @internal */
  get build() {
    return build;
  }

  /**
   * The pages that match a query, best first. What else may be meant, where a part of the query stands nowhere, and what `filters`, `sort` and
   * `facets` ask for is looked for in an engine that is loaded then.
   * @param {string} query
   * @param {import('./jisou.js').SearchOptions} [options] with a great `limit` the text of each page that answers is fetched
   * @returns {Promise<import('./jisou.js').Answer>}
   */
  async search(query, options = {}) {
    const text = string(query);
    const started = performance.now();
    return this.#orNewer(
      async () => {
        const { filters, sort, facets } = options;
        const choosing = Object.keys({ ...filters, ...sort }).length > 0;
        if ((choosing || facets) && PLACE.meant) {
          await this.#openMeant();
          return this.search(query, options);
        }
        const there = choosing && (await this.#facets());
        const select = there && selection(options, { filters: () => there.filters, sorts: () => there.sorts });
        const ask = (/** @type {PiecesEngine} */ engine, /** @type {boolean} */ typed) =>
          engine.search(text, { limit: 10, offset: 0, ...options, select: select || '' }, typed);
        const found = await this.#ask(ask, options.signal);
        const { doubtful, ...answer } = /** @type {typeof found & { doubtful?: boolean }} */ (found);
        if (doubtful && PLACE.meant) {
          // Without that engine the answer is what was typed.
          const loaded = await this.#openMeant().then(() => true, () => false);
          if (loaded) return this.search(query, options);
        }
        answer.hits.forEach(place);
        return { ...answer, took: performance.now() - started };
      },
      (newer) => newer.search(query, options),
    );
  }

  /**
   * A whole page for reading.
   * @param {number} id as in a hit
   * @param {string} [query] marks its hits in the title and the blocks
   * @returns {Promise<import('./jisou_engine.js').Page>}
   */
  async page(id, query = '') {
    const text = string(query);
    return this.#orNewer(
      async () => place(await this.#ask((engine, typed) => engine.page(id, text, typed))),
      (newer) => newer.page(id, query),
    );
  }

  /**
   * Completions of what has been typed so far, best first: words of Han, from the second character on. A search for it fetches all that they
   * need; where that cannot be had there are none.
   * @param {string} prefix
   * @param {{ limit?: number }} [options] default 8, at most 100
   * @returns {Promise<import('./jisou.js').Completion[]>}
   */
  async suggest(prefix, options = {}) {
    const text = string(prefix);
    return this.#orNewer(
      async () => {
        const lines = await this.#ask((engine) => engine.suggest(text, options));
        return lines.split('\n').slice(1).map((text) => ({ text, kind: /** @type {const} */ ('word') }));
      },
      (newer) => newer.suggest(prefix, options),
    ).catch((error) => (error.code === 'load-failed' ? [] : Promise.reject(error)));
  }

  /**
   * What pages can be filtered by, with how many pages have each value.
   * @returns {Promise<import('./jisou.js').Facet[]>}
   */
  async filters() {
    return this.#orNewer(
      async () => (await this.#facets()).filters,
      (newer) => newer.filters(),
    );
  }

  /**
   * What pages can be sorted by.
   * @returns {Promise<import('./jisou.js').SortInfo[]>}
   */
  async sorts() {
    return this.#orNewer(
      async () => (await this.#facets()).sorts,
      (newer) => newer.sorts(),
    );
  }

  /** Refused: nothing here lists all pages. @returns {Promise<never>} */
  async pages() {
    throw notHere('has no list of its pages');
  }

  /**
   * Why a page stands where it stands in the answer to a query as it was typed, told by the engine that knows more.
   * @param {string} query
   * @param {number} id
   * @returns {Promise<import('./jisou.js').Explanation | null>}
   */
  async explain(query, id) {
    const text = string(query);
    return this.#orNewer(
      async () => {
        if (!PLACE.meant) return this.#ask((engine) => engine.explain(text, id));
        await this.#openMeant();
        return this.explain(query, id);
      },
      (newer) => newer.explain(query, id),
    );
  }

  /** Refused: what shapes the order is in the pieces. @returns {Promise<never>} */
  async setRanking() {
    throw notHere('is ranked when it is built');
  }

  /**
   * The figures of the index.
   * @returns {Promise<import('./jisou_engine.js').IndexInfo>}
   */
  async info() {
    return this.#open().info();
  }

  /** Gives the memory back; every later question rejects with `closed`. Closing twice does no harm. */
  close() {
    this.#engine?.free();
    this.#engine = undefined;
    this.#instead?.close();
  }

  /** Goes on with the engine that knows all that can be asked. */
  async #openMeant() {
    this.#opening ??= openMeant(build, { memory: this.#memory });
    try {
      const found = await this.#opening;
      // In the meantime the index may have been closed, or be that of a newer build.
      if (!this.#engine || (this.#instead ?? found) !== found) return found.close();
      this.#instead = found;
      this.#engine.keep(0);
    } catch (thrown) {
      this.#opening = undefined;
      throw thrown;
    }
  }

  #open() {
    if (!this.#engine) throw new JisouError('closed', 'This index was closed. Call open() for a new one.');
    return this.#engine;
  }

  /**
   * Asks, fetches what is needed, all at once, and asks again. Where the words that may be meant cannot be had, what was typed is answered.
   * @template T
   * @param {(engine: PiecesEngine, typed: boolean) => string[] | T} question
   * @param {AbortSignal} [signal]
   * @returns {Promise<T>}
   */
  async #ask(question, signal) {
    let typed = false;
    for (let round = 0; round < ROUNDS; round++) {
      const engine = this.#open();
      if (signal?.aborted) throw calledOff();
      try {
        const needs = question(engine, typed);
        if (!Array.isArray(needs)) {
          engine.keep(this.#memory);
          return needs;
        }
        const fetched = (/** @type {string} */ name) =>
          this.#fetch(name).catch((error) => {
            if (!name.startsWith('w')) throw error;
            typed = true;
          });
        await Promise.all(needs.map(fetched));
      } catch (thrown) {
        throw JisouError.from(thrown);
      }
    }
    throw JisouError.from(`no answer after ${ROUNDS} rounds`);
  }

  /** What there is to choose by, fetched once. @returns {Promise<There>} */
  async #facets() {
    this.#open();
    if (!PLACE.facets) return { filters: [], sorts: [] };
    this.#there ??= load('facets.json', (response) => response.json()).catch((error) => {
      this.#there = undefined;
      throw error;
    });
    return this.#there;
  }

  /**
   * Fetches a piece, once however many ask for it.
   * @param {string} name
   */
  #fetch(name) {
    let fetching = this.#fetching.get(name);
    if (!fetching) {
      fetching = load(`${name}.txt`, async (response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        // The index may have been closed in the meantime.
        this.#engine?.supply(name, bytes);
      }).finally(() => this.#fetching.delete(name));
      this.#fetching.set(name, fetching);
    }
    return fetching;
  }

  /**
   * Answers from this build; or, where its pieces are gone because the site was built anew, from the new one. Never from both. Where another
   * index is asked instead, that does.
   * @template T
   * @param {() => Promise<T>} own
   * @param {(newer: Index) => Promise<T>} newer
   * @returns {Promise<T>}
   */
  async #orNewer(own, newer) {
    if (!this.#instead) {
      try {
        return await own();
      } catch (thrown) {
        const error = JisouError.from(thrown);
        if (!['load-failed', 'wrong-piece'].includes(error.code)) throw error;
        /** @type {Index} */
        const found = await openNew().catch(() => Promise.reject(error));
        if (found.build === this.build || !this.#engine) {
          found.close();
          throw error;
        }
        this.#instead = found;
      }
    }
    return newer(this.#instead);
  }
}

/**
 * Loads what lies among the pieces; what does not arrive, or not whole, is tried once more, past the browser's copy of what failed.
 * @template T
 * @param {string} name
 * @param {(response: Response) => Promise<T>} take
 * @returns {Promise<T>}
 */
async function load(name, take) {
  const url = new URL(`${PLACE.pieces}/${name}`, import.meta.url);
  for (let cache = /** @type {RequestCache} */ ('default'); ; cache = 'reload') {
    try {
      const response = await fetch(url, { cache });
      if (!response.ok) throw new JisouError('load-failed', `${url} answered with status ${response.status}.`);
      return await take(response);
    } catch (cause) {
      if (cache === 'default') continue;
      const code = JisouError.from(cause).code === 'wrong-piece' ? 'wrong-piece' : 'load-failed';
      const remedy = 'Check the connection, and that the folder of the bundle was deployed whole; then try again.';
      throw new JisouError(code, `${url} could not be fetched, or is not what it should be. ${remedy}`, cause);
    }
  }
}

/** An index in pieces that is open in a worker. */
class Distant {
  #remote;
  /** Which build it is. @internal */
  build = build;

  /** @param {NonNullable<Awaited<ReturnType<typeof openRemote>>>} remote */
  constructor(remote) {
    this.#remote = remote;
    for (const method of ['page', 'suggest', 'filters', 'sorts', 'pages', 'explain', 'setRanking', 'info']) {
      Object.defineProperty(this, method, { value: (/** @type {unknown[]} */ ...args) => remote.ask(method, args) });
    }
  }

  /**
   * @param {string} query
   * @param {import('./jisou.js').SearchOptions} [options]
   */
  search(query, { signal, ...options } = {}) {
    return this.#remote.ask('search', [query, options], signal);
  }

  close() {
    this.#remote.close();
  }
}

serve(import.meta.url, (options) => open(undefined, options));

/** @param {string} why */
function notHere(why) {
  return new JisouError('in-pieces', `An index in pieces ${why}. Index the site with --layout whole for that.`);
}
