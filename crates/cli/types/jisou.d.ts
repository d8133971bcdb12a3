import { JisouError } from './errors.js';
export { JisouError };
export type Engine = import('./jisou_engine.js').Engine;
export type Mark = import('./jisou_engine.js').Mark;
export type Tier = import('./jisou_engine.js').Tier;
export type SectionHit = import('./jisou_engine.js').SectionHit;
export type Hit = import('./jisou_engine.js').Hit;
export type Page = import('./jisou_engine.js').Page;
export type PageBlock = import('./jisou_engine.js').PageBlock;
export type PageSummary = import('./jisou_engine.js').PageSummary;
export type IndexInfo = import('./jisou_engine.js').IndexInfo;
export type Suggestion = import('./jisou_engine.js').Suggestion;
export type SuggestionKind = import('./jisou_engine.js').SuggestionKind;
export type Completion = import('./jisou_engine.js').Completion;
export type Explanation = import('./jisou_engine.js').Explanation;
export type Ranking = import('./jisou_engine.js').Ranking;
export type Facet = import('./jisou_engine.js').Facet;
export type SortInfo = import('./jisou_engine.js').SortInfo;
export type SearchOptions = {
    /**
     * how many hits at most, from 0; `Infinity` gives all; default 10
     */
    limit?: number;
    /**
     * how many hits to skip, from 0; default 0
     */
    offset?: number;
    /**
     * whether the last word is still being typed and may go on; default true
     */
    prefix?: boolean;
    /**
     * whether pages that answer with the same passage are one hit, with the others in its
     * `duplicates`; default true, but false with `limit: Infinity`
     */
    collapse?: boolean;
    /**
     * which pages
     * are wanted, by the names of filters: those with this value, with all of these, with any, with none. Pages pass that
     * pass every filter named. See {@link Index.filters}
     */
    filters?: Record<string, string | string[] | {
        any?: string[];
        all?: string[];
        none?: string[];
    }>;
    /**
     * whether pages are counted by the values of filters. Only an index in pieces, which fetches what that needs,
     * heeds it; default whether `filters` or `sort` name anything
     */
    facets?: boolean;
    /**
     * one name of a sort: the order of the hits, in place of how well they answer.
     * Pages without a value come last, and those with the same value stand as the query ranks them. See {@link Index.sorts}
     */
    sort?: Record<string, 'asc' | 'desc'>;
    /**
     * calls the question off: nothing more is fetched for it, and it rejects with `aborted`. Only an index in
     * pieces, which fetches, heeds it
     */
    signal?: AbortSignal;
};
export type Answer = {
    /**
     * the query as it was asked
     */
    query: string;
    /**
     * how many pages match, whatever `limit` says; those in `duplicates` are counted too
     */
    total: number;
    /**
     * whether there may be more pages than `total`; only of an index in pieces
     */
    least?: boolean;
    /**
     * how the best hits match: the text itself (`exact`), its words side by side
     * (`adjacent`), all its words somewhere in the page (`all`), or only some of them (`some`); null without hits
     */
    tier: Tier | null;
    /**
     * best first
     */
    hits: Hit[];
    /**
     * another query that may be meant, if this one finds little. If it is `applied`,
     * there are hits of it, all of them in tier `some`: say so, and offer the way back, the query in quotation marks
     */
    suggestion: Suggestion | null;
    /**
     * for each filter of the index and each of its values, how many pages match the query, have that
     * value and pass the other filters; empty if the index has no filters. Where `total` is a lower bound, so are these
     */
    facets: Facet[];
    /**
     * milliseconds spent searching
     */
    took: number;
};
/**
 * Opens an index. Without `base` that is the one that belongs to this script: embedded in its module, or beside it in its
 * bundle. The module is fetched by the first call only; after a failure the next call tries again. Each call gives an index
 * of its own, to be closed on its own.
 * @param {string | URL} [base] the folder of a bundle that `jisou index` wrote, relative to the page; it may lie elsewhere, if
 *   its host allows that (CORS); or a module with an index inside, a `.wasm` file of `jisou embed` for this script's engine
 * @returns {Promise<Index>} rejects with a {@link JisouError}
 */
export declare function open(base?: string | URL): Promise<Index>;
/** An open index. Made by {@link open}. */
export declare class Index {
    #private;
    /**
     * @param {Engine} engine
     * @internal
     */
    constructor(engine: Engine);
    /**
     * The pages that match a query, best first.
     * @param {string} query any text; one that holds nothing to search for has no hits, or, with `filters` or `sort`, all pages
     *   that pass
     * @param {SearchOptions} [options]
     * @returns {Promise<Answer>}
     */
    search(query: string, options?: SearchOptions): Promise<Answer>;
    /**
     * A whole page for reading.
     * @param {number} id as in {@link Hit} and {@link PageSummary}
     * @param {string} [query] marks its hits in the title and the blocks
     * @returns {Promise<Page>}
     */
    page(id: number, query?: string): Promise<Page>;
    /**
     * Completions of what has been typed so far, best first: titles, headings and words, by their characters or pinyin.
     * @param {string} prefix
     * @param {{ limit?: number }} [options] `limit`: how many at most, from 0 to 100; default 8
     * @returns {Promise<Completion[]>}
     */
    suggest(prefix: string, options?: {
        limit?: number;
    }): Promise<Completion[]>;
    /**
     * Why a page stands where it stands in the answer to a query: the values of the parts add up to the score.
     * @param {string} query for the hits of an applied suggestion, that one's query
     * @param {number} id as in {@link Hit}
     * @returns {Promise<Explanation | null>} null if the page does not answer the query
     */
    explain(query: string, id: number): Promise<Explanation | null>;
    /**
     * Changes what shapes the order of pages, for this index and from the next search on.
     * @param {Ranking} ranking what is left out keeps its value; with a value out of range nothing is changed
     * @returns {Promise<void>}
     */
    setRanking(ranking: Ranking): Promise<void>;
    /**
     * All pages in the order in which they were indexed.
     * @returns {Promise<PageSummary[]>}
     */
    pages(): Promise<PageSummary[]>;
    /**
     * What pages can be filtered by, with how many pages have each value.
     * @returns {Promise<Facet[]>}
     */
    filters(): Promise<Facet[]>;
    /**
     * What pages can be sorted by.
     * @returns {Promise<SortInfo[]>}
     */
    sorts(): Promise<SortInfo[]>;
    /**
     * The figures of the index.
     * @returns {Promise<IndexInfo>}
     */
    info(): Promise<IndexInfo>;
    /** Gives the index's memory back; every later question rejects with `closed`. Closing twice does no harm. */
    close(): void;
}
