/**
 * The JavaScript API of Jisou, and the only way in.
 *
 * ```js
 * import { open } from './jisou.js';
 *
 * const index = await open();
 * const { total, hits } = await index.search('命运共同体', { limit: 10 });
 * const page = await index.page(hits[0].id, '命运共同体');
 * index.close();
 * ```
 *
 * Marks are `[start, end)` in UTF-16 units of the string they stand beside, so `text.slice(start, end)` is the hit.
 * Every failure is a {@link JisouError}; its `code` is listed there.
 */
import { openAt } from './bundles.js';
import { JisouError } from './errors.js';
import { selection } from './selection.js';
import { place, string } from './values.js';

export { JisouError };

/**
 * @typedef {import('./jisou_engine.js').Engine} Engine
 * @typedef {import('./jisou_engine.js').Mark} Mark
 * @typedef {import('./jisou_engine.js').Tier} Tier
 * @typedef {import('./jisou_engine.js').SectionHit} SectionHit
 * @typedef {import('./jisou_engine.js').Hit} Hit
 * @typedef {import('./jisou_engine.js').Page} Page
 * @typedef {import('./jisou_engine.js').PageBlock} PageBlock
 * @typedef {import('./jisou_engine.js').PageSummary} PageSummary
 * @typedef {import('./jisou_engine.js').IndexInfo} IndexInfo
 * @typedef {import('./jisou_engine.js').Suggestion} Suggestion
 * @typedef {import('./jisou_engine.js').SuggestionKind} SuggestionKind
 * @typedef {import('./jisou_engine.js').Completion} Completion
 * @typedef {import('./jisou_engine.js').Explanation} Explanation
 * @typedef {import('./jisou_engine.js').Ranking} Ranking
 * @typedef {import('./jisou_engine.js').Facet} Facet
 * @typedef {import('./jisou_engine.js').SortInfo} SortInfo
 */

/**
 * @typedef {object} SearchOptions
 * @property {number} [limit] how many hits at most, from 0; `Infinity` gives all; default 10
 * @property {number} [offset] how many hits to skip, from 0; default 0
 * @property {boolean} [prefix] whether the last word is still being typed and may go on; default true
 * @property {boolean} [collapse] whether pages that answer with the same passage are one hit, with the others in its
 *   `duplicates`; default true, but false with `limit: Infinity`
 * @property {Record<string, string | string[] | { any?: string[], all?: string[], none?: string[] }>} [filters] which pages
 *   are wanted, by the names of filters: those with this value, with all of these, with any, with none. Pages pass that
 *   pass every filter named. See {@link Index.filters}
 * @property {boolean} [facets] whether pages are counted by the values of filters. Only an index in pieces, which fetches what that needs,
 *   heeds it; default whether `filters` or `sort` name anything
 * @property {Record<string, 'asc' | 'desc'>} [sort] one name of a sort: the order of the hits, in place of how well they answer.
 *   Pages without a value come last, and those with the same value stand as the query ranks them. See {@link Index.sorts}
 * @property {AbortSignal} [signal] calls the question off: nothing more is fetched for it, and it rejects with `aborted`. Only an index in
 *   pieces, which fetches, heeds it
 */

/**
 * @typedef {object} Answer
 * @property {string} query the query as it was asked
 * @property {number} total how many pages match, whatever `limit` says; those in `duplicates` are counted too
 * @property {boolean} [least] whether there may be more pages than `total`; only of an index in pieces
 * @property {Tier | null} tier how the best hits match: the text itself (`exact`), its words side by side
 *   (`adjacent`), all its words somewhere in the page (`all`), or only some of them (`some`); null without hits
 * @property {Hit[]} hits best first
 * @property {Suggestion | null} suggestion another query that may be meant, if this one finds little. If it is `applied`,
 *   there are hits of it, all of them in tier `some`: say so, and offer the way back, the query in quotation marks
 * @property {Facet[]} facets for each filter of the index and each of its values, how many pages match the query, have that
 *   value and pass the other filters; empty if the index has no filters. Where `total` is a lower bound, so are these
 * @property {number} took milliseconds spent searching
 */

/** @param {import('./engine.js').Loaded} loaded */
const openHere = ({ Engine, index }) => new Index(index ? new Engine(index) : Engine.embedded());

/**
 * Opens an index. Without `base` that is the one that belongs to this script: embedded in its module, or beside it in its
 * bundle. The module is fetched by the first call only; after a failure the next call tries again. Each call gives an index
 * of its own, to be closed on its own.
 * @param {string | URL} [base] the folder of a bundle that `jisou index` wrote, relative to the page; it may lie elsewhere, if
 *   its host allows that (CORS); or a module with an index inside, a `.wasm` file of `jisou embed` for this script's engine
 * @returns {Promise<Index>} rejects with a {@link JisouError}
 */
export async function open(base) {
  return openAt(base, openHere);
}

/** An open index. Made by {@link open}. */
export class Index {
  /** @type {Engine | undefined} */
  #engine;

  /**
   * @param {Engine} engine
   * @internal
   */
  constructor(engine) {
    this.#engine = engine;
  }

  /**
   * The pages that match a query, best first.
   * @param {string} query any text; one that holds nothing to search for has no hits, or, with `filters` or `sort`, all pages
   *   that pass
   * @param {SearchOptions} [options]
   * @returns {Promise<Answer>}
   */
  async search(query, options = {}) {
    return this.#ask((engine) => {
      const text = string(query);
      const select = selection(options, engine);
      const started = performance.now();
      const answer = engine.search(text, { limit: 10, offset: 0, ...options, select });
      answer.hits.forEach(place);
      return { ...answer, took: performance.now() - started };
    });
  }

  /**
   * A whole page for reading.
   * @param {number} id as in {@link Hit} and {@link PageSummary}
   * @param {string} [query] marks its hits in the title and the blocks
   * @returns {Promise<Page>}
   */
  async page(id, query = '') {
    return this.#ask((engine) => place(engine.page(id, string(query))));
  }

  /**
   * Completions of what has been typed so far, best first: titles, headings and words, by their characters or pinyin.
   * @param {string} prefix
   * @param {{ limit?: number }} [options] `limit`: how many at most, from 0 to 100; default 8
   * @returns {Promise<Completion[]>}
   */
  async suggest(prefix, options = {}) {
    return this.#ask((engine) => engine.suggest(string(prefix), options));
  }

  /**
   * Why a page stands where it stands in the answer to a query: the values of the parts add up to the score.
   * @param {string} query for the hits of an applied suggestion, that one's query
   * @param {number} id as in {@link Hit}
   * @returns {Promise<Explanation | null>} null if the page does not answer the query
   */
  async explain(query, id) {
    return this.#ask((engine) => engine.explain(string(query), id));
  }

  /**
   * Changes what shapes the order of pages, for this index and from the next search on.
   * @param {Ranking} ranking what is left out keeps its value; with a value out of range nothing is changed
   * @returns {Promise<void>}
   */
  async setRanking(ranking) {
    this.#ask((engine) => engine.setRanking(ranking));
  }

  /**
   * All pages in the order in which they were indexed.
   * @returns {Promise<PageSummary[]>}
   */
  async pages() {
    return this.#ask((engine) => engine.pages().map(place));
  }

  /**
   * What pages can be filtered by, with how many pages have each value.
   * @returns {Promise<Facet[]>}
   */
  async filters() {
    return this.#ask((engine) => engine.filters());
  }

  /**
   * What pages can be sorted by.
   * @returns {Promise<SortInfo[]>}
   */
  async sorts() {
    return this.#ask((engine) => engine.sorts());
  }

  /**
   * The figures of the index.
   * @returns {Promise<IndexInfo>}
   */
  async info() {
    return this.#ask((engine) => engine.info());
  }

  /** Gives the index's memory back; every later question rejects with `closed`. Closing twice does no harm. */
  close() {
    this.#engine?.free();
    this.#engine = undefined;
  }

  /**
   * @template T
   * @param {(engine: Engine) => T} question
   * @returns {T}
   */
  #ask(question) {
    if (!this.#engine) throw new JisouError('closed', 'This index was closed. Call open() for a new one.');
    try {
      return question(this.#engine);
    } catch (thrown) {
      throw JisouError.from(thrown);
    }
  }
}
