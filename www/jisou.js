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
import { loadEngine } from './engine.js';
import { JisouError } from './errors.js';

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
 */

/**
 * @typedef {object} SearchOptions
 * @property {number} [limit] how many hits at most, from 0; `Infinity` gives all; default 10
 * @property {number} [offset] how many hits to skip, from 0; default 0
 * @property {boolean} [prefix] whether the last word is still being typed and may go on; default true
 * @property {boolean} [collapse] whether pages that answer with the same passage are one hit, with the others in its
 *   `duplicates`; default true, but false with `limit: Infinity`
 */

/**
 * @typedef {object} Answer
 * @property {string} query the query as it was asked
 * @property {number} total how many pages match, whatever `limit` says; those in `duplicates` are counted too
 * @property {Tier | null} tier how the best hits match: the text itself (`exact`), its words side by side
 *   (`adjacent`), all its words somewhere in the page (`all`), or only some of them (`some`); null without hits
 * @property {Hit[]} hits best first
 * @property {Suggestion | null} suggestion another query that may be meant, if this one finds little. If it is `applied`,
 *   there are hits of it, all of them in tier `some`: say so, and offer the way back, the query in quotation marks
 * @property {number} took milliseconds spent searching
 */

/**
 * Opens the index that is embedded in the module. The module is fetched by the first call only; after a failure
 * the next call tries again. Each call gives an index of its own, to be closed on its own.
 * @returns {Promise<Index>}
 */
export async function open() {
  const Engine = await loadEngine();
  try {
    return new Index(Engine.embedded());
  } catch (thrown) {
    throw JisouError.from(thrown);
  }
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
   * @param {string} query any text; one that holds nothing to search for has no hits
   * @param {SearchOptions} [options]
   * @returns {Promise<Answer>}
   */
  async search(query, options = {}) {
    const engine = this.#opened();
    refuseUnlessString(query);
    const started = performance.now();
    const answer = ask(() => engine.search(query, { limit: 10, offset: 0, ...options }));
    return { ...answer, took: performance.now() - started };
  }

  /**
   * A whole page for reading.
   * @param {number} id as in {@link Hit} and {@link PageSummary}
   * @param {string} [query] marks its hits in the title and the blocks
   * @returns {Promise<Page>}
   */
  async page(id, query = '') {
    const engine = this.#opened();
    refuseUnlessString(query);
    return ask(() => engine.page(id, query));
  }

  /**
   * Completions of what has been typed so far, best first: titles, headings and words, by their characters or pinyin.
   * @param {string} prefix
   * @param {{ limit?: number }} [options] `limit`: how many at most, from 0 to 100; default 8
   * @returns {Promise<Completion[]>}
   */
  async suggest(prefix, options = {}) {
    const engine = this.#opened();
    refuseUnlessString(prefix);
    return ask(() => engine.suggest(prefix, options));
  }

  /**
   * Why a page stands where it stands in the answer to a query: the values of the parts add up to the score.
   * @param {string} query for the hits of an applied suggestion, that one's query
   * @param {number} id as in {@link Hit}
   * @returns {Promise<Explanation | null>} null if the page does not answer the query
   */
  async explain(query, id) {
    const engine = this.#opened();
    refuseUnlessString(query);
    return ask(() => engine.explain(query, id));
  }

  /**
   * Changes what shapes the order of pages, for this index and from the next search on.
   * @param {Ranking} ranking what is left out keeps its value; with a value out of range nothing is changed
   * @returns {Promise<void>}
   */
  async setRanking(ranking) {
    const engine = this.#opened();
    ask(() => engine.setRanking(ranking));
  }

  /**
   * All pages in the order in which they were indexed.
   * @returns {Promise<PageSummary[]>}
   */
  async pages() {
    const engine = this.#opened();
    return ask(() => engine.pages());
  }

  /**
   * The figures of the index.
   * @returns {Promise<IndexInfo>}
   */
  async info() {
    const engine = this.#opened();
    return ask(() => engine.info());
  }

  /** Gives the index's memory back; every later question rejects with `closed`. Closing twice does no harm. */
  close() {
    this.#engine?.free();
    this.#engine = undefined;
  }

  #opened() {
    if (!this.#engine) throw new JisouError('closed', 'This index was closed. Call open() for a new one.');
    return this.#engine;
  }
}

/**
 * @template T
 * @param {() => T} question
 * @returns {T}
 */
function ask(question) {
  try {
    return question();
  } catch (thrown) {
    throw JisouError.from(thrown);
  }
}

/**
 * The module would read the length of whatever it is given; only a string has one that means something.
 * @param {unknown} query
 */
function refuseUnlessString(query) {
  if (typeof query !== 'string') throw new JisouError('bad-option', `The query must be a string, not ${typeof query}.`);
}
