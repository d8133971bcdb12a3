//! What crosses the boundary: described in TypeScript for callers, and handed to serde as one type.

use jisou_core::response::Value;
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A range of a string in UTF-16 code units: start, and one behind the end. */
export type Mark = [start: number, end: number];
/** How well a page answers: as typed, words side by side, all words, some words. */
export type Tier = 'exact' | 'adjacent' | 'all' | 'some';
export interface SearchOptions {
  /** The most hits to return. Default 10; Infinity for all, then every duplicate is a hit of its own by default. */
  limit?: number;
  /** How many hits to pass over first. Default 0. */
  offset?: number;
  /** Whether the last word is still being typed. Default true. */
  prefix?: boolean;
  /** Whether pages that answer with the same passage are one hit. Default true, false with limit Infinity. */
  collapse?: boolean;
  /** What the pages must have, and their order: see `selection` in `jisou.js`, which makes it of `filters` and `sort`. */
  select?: string;
}
/** A filter: its name, and for each value how many pages have it. */
export interface Facet {
  name: string;
  values: { value: string; count: number }[];
}
/** What pages can be sorted by. */
export interface SortInfo {
  name: string;
  type: 'date' | 'number' | 'text';
}
export interface SectionHit {
  /** Fragment identifier without '#'; empty for none. */
  anchor: string;
  /** The heading; empty before the first one. */
  heading: string;
  headingMarks: Mark[];
  excerpt: string;
  marks: Mark[];
}
export interface Hit {
  /** The number of the page, for `page(id)`. */
  id: number;
  url: string;
  title: string;
  titleMarks: Mark[];
  tier: Tier;
  /** The score inside the tier; only its order means something. */
  score: number;
  /** The best parts of the page, best first. */
  sections: SectionHit[];
  /** Pages that answer with the same passage and are not listed themselves. */
  duplicates: number[];
  /** Where in the page's text the hits lie, as shares of its length from 0 to 1, ascending; at most 32. */
  places: number[];
  meta: Record<string, string>;
}
export interface SearchResponse {
  query: string;
  /** How many pages answer. */
  total: number;
  /** Whether there may be more than `total`; only of an index in pieces. */
  least?: boolean;
  /** The tier of the first hit; null without hits. */
  tier: Tier | null;
  hits: Hit[];
  /** Another query that may be meant, when this one finds little; null if there is none. */
  suggestion: Suggestion | null;
  /** For each filter how many pages answer, have a value and pass the other filters; empty if the site has no filters. */
  facets: Facet[];
}
/** What a suggestion rests on: letters read as pinyin, a homophone, a misspelt Latin word, a wrong Han character. */
export type SuggestionKind = 'pinyin' | 'homophone' | 'typo' | 'edit';
export interface Suggestion {
  query: string;
  kind: SuggestionKind;
  /**
   * Whether the hits are those of this query, since the typed one has none but accidents (letters inside words), which
   * come first, in their own tier. Hits of this query are in tier 'some'.
   */
  applied: boolean;
  /** Further queries that are as likely; when applied, their hits come behind. */
  alternatives: string[];
}
export interface Completion {
  text: string;
  kind: 'title' | 'heading' | 'word' | 'pinyin';
}
/** Why a page stands where it stands: the values of the parts add up to the score. */
export interface Explanation {
  tier: Tier;
  score: number;
  parts: { part: 'equal-title' | 'equal-heading' | 'as-typed' | 'literal' | 'word' | 'proximity'; word: string; value: number }[];
}
/** What shapes the order of pages inside a tier, in parts of a hundred; what is left out keeps its value. */
export interface Ranking {
  /** How fast repetition stops to count (BM25 k1). 0: once is as good as often; 300: hardly. Default 120. */
  saturation?: number;
  /** What all words in one part of a page (of eight) are worth against the words themselves. 0: nothing; 300: three times as much. Default 100. */
  proximity?: number;
  /** What an occurrence in the title, a heading, the lead, the body is worth. 0: nothing; 100: plain text; 2000 at most. Default 500, 250, 130, 100. */
  titleWeight?: number;
  headingWeight?: number;
  leadWeight?: number;
  bodyWeight?: number;
  /**
   * How much a long title, heading, lead or body dilutes its words (BM25 b). 0: not at all; 100: in proportion to its
   * length. Default 35, 35, 50, 75.
   */
  titleLength?: number;
  headingLength?: number;
  leadLength?: number;
  bodyLength?: number;
  /** What an occurrence inside a word, at its beginning, as a word is worth. 0: nothing; 100: a word. Default 25, 60, 100. */
  insideFit?: number;
  prefixFit?: number;
  wordFit?: number;
}
export interface PageBlock {
  kind: 'heading' | 'subtitle' | 'byline' | 'dateline' | 'paragraph';
  /** 1 to 6 for headings, else 0. */
  level: number;
  anchor: string;
  text: string;
  marks: Mark[];
}
export interface PageSummary {
  id: number;
  url: string;
  title: string;
  meta: Record<string, string>;
}
export interface Page extends PageSummary {
  titleMarks: Mark[];
  blocks: PageBlock[];
}
export interface IndexInfo {
  pages: number;
  passages: number;
  characters: number;
  terms: number;
  tokens: number;
  /** Of the index as stored, header included. */
  bytes: number;
  formatVersion: number;
}
"#;

/// A result as JavaScript sees it: plain objects, arrays and values.
pub(crate) struct Js<'v, 'a>(pub(crate) &'v Value<'a>);

impl Serialize for Js<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(value) => serializer.serialize_f64(*value),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Owned(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items.iter().map(Js)),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, Js(value)))),
        }
    }
}
