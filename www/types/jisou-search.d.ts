/**
 * The types of `jisou-search.js`, for pages that are checked by a compiler: `document.querySelector('jisou-search')` is a
 * {@link JisouSearch}, and its events have the details listed here. What attributes, properties and events mean stands at the
 * beginning of the script's source.
 */
import type { Answer, Hit, Index, SearchOptions } from './jisou.js';

/** The keys of the texts. */
export type TextKey =
  | 'trigger' | 'label' | 'placeholder' | 'clear' | 'close' | 'loading' | 'results' | 'count' | 'none' | 'took' | 'more'
  | 'untitled' | 'beginning' | 'copies' | 'places'
  | 'some' | 'applied' | 'accidental' | 'alternatives' | 'literally' | 'offered' | 'completions' | 'completionsSpoken'
  | 'noneTitle' | 'noneAdvice' | 'noneFiltered'
  | 'history' | 'forget' | 'forgetAll'
  | 'filters' | 'filtersChosen' | 'clearFilters' | 'sort' | 'best'
  | 'date asc' | 'date desc' | 'number asc' | 'number desc' | 'text asc' | 'text desc'
  | 'keyMove' | 'keyOpen' | 'keyClose'
  | 'failed' | 'retry' | 'noWasm' | 'loadFailed' | 'damaged' | 'unknown';

/** What the box says. `{name}` is replaced by a value; of two forms apart by `|` the first is for the number 1. */
export type Texts = { [K in TextKey]: string };

/** Whose wish it is that a box opens. */
export type By = 'reader' | 'page' | 'address';

/** A hit that is about to be opened. */
export interface Selection {
  /** the query that the hits on show answer */
  query: string;
  hit: Hit;
  /** the page's id: that of the hit, or of one of its duplicates */
  id: number;
  /** the section's anchor; empty for the page itself */
  anchor: string;
  /** where it leads, in full */
  href: string;
  newTab: boolean;
}

/** The details of the events. Those named by a verb can be cancelled; those named by what has happened cannot. */
export interface JisouSearchEvents {
  'jisou-open': { by: By };
  'jisou-close': Record<string, never>;
  /** The options may be changed in place. */
  'jisou-search': { query: string; options: SearchOptions };
  'jisou-select': Selection;
  'jisou-opened': { by: By };
  'jisou-closed': Record<string, never>;
  'jisou-query': { query: string };
  'jisou-answered': { answer: Answer };
  'jisou-selected': { href: string; newTab: boolean };
  'jisou-ready': { index: Index };
  /** A `JisouError`, or whatever a listener threw. */
  'jisou-error': { error: unknown };
}

/** `<jisou-search>`. */
export declare class JisouSearch extends HTMLElement {
  /** whether the panel is shown */
  get opened(): boolean;
  /** what the box holds, without text that is being composed */
  get query(): string;
  /** in place of the built-in ones */
  texts: Partial<Texts>;
  /** of filters and sorts for people, by their names in the index */
  names: Readonly<Record<string, string>>;
  /** the address that a hit leads to; null: its own */
  linkTo: ((hit: Hit, anchor: string, query: string) => string) | null;
  /** the line under the title of a hit; null: its folders and date */
  describe: ((hit: Hit) => string) | null;
  /** The open index, loaded if it has not been. Rejects with a `JisouError`. */
  ready(): Promise<Index>;
  /** Shows the panel and, unless `focus` is false, leads to the box. */
  open(options?: { focus?: boolean }): void;
  /** Hides the panel; the text stays. */
  close(): void;
  /** Puts a query into the box and answers it. */
  search(query: string): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'jisou-search': JisouSearch;
  }
  interface HTMLElementEventMap extends JisouSearchEventMap {}
  interface DocumentEventMap extends JisouSearchEventMap {}
}

/** The events themselves; they bubble, through shadow roots too. */
export type JisouSearchEventMap = { [K in keyof JisouSearchEvents]: CustomEvent<JisouSearchEvents[K]> };
