/**
 * What else may be meant: the line that names a guess and leads back from it, and the completions under the box.
 */
import { h } from './dom.js';
import { brief, fill } from './texts.js';

/**
 * @typedef {import('./state.js').Answer} Answer
 * @typedef {import('./texts.js').Texts} Texts
 */

const MOST_COMPLETIONS = 5;
/** Some are left out again: the query itself, and what the line above the hits already offers. */
const ASKED_FOR = 2 * MOST_COMPLETIONS;
/** In characters; a longer completion may be cut short on the screen. */
const LONG = 8;

/**
 * Completions worth showing beside an answer.
 * @param {import('../jisou.js').Index} index
 * @param {Answer} answer
 * @returns {Promise<string[]>}
 */
export async function completionsFor(index, { query, suggestion }) {
  const found = await index.suggest(query, { limit: ASKED_FOR });
  const said = new Set([query, ...(suggestion ? [suggestion.query, ...suggestion.alternatives] : [])].map(plain));
  return found.map(({ text }) => text).filter((text) => !said.has(plain(text))).slice(0, MOST_COMPLETIONS);
}

/** @param {string} text */
function plain(text) {
  return text.normalize('NFKC').trim().toLowerCase();
}

/**
 * One line, kept free if there is nothing to put in it. Buttons behind the box in the order of Tab: the arrow keys are
 * those of the hits.
 * @param {Texts} texts
 * @param {readonly string[]} completions
 */
export function completionLine(texts, completions) {
  return completions.length > 0 ? h('ul', 'completions', { 'aria-label': texts.completions }) : h('div', 'completions', {});
}

/**
 * What stands in it.
 * @param {string} text
 */
export const completion = (text) => h('li', text.length > LONG ? 'long' : '', {}, runs(text, text));

/**
 * Says that the hits are those of another query, and leads to those of the typed one.
 * @param {Texts} texts
 * @param {Answer} answer
 */
export function appliedLine(texts, answer) {
  const { query, suggestion } = answer;
  if (!suggestion?.applied) return null;
  const [before, behind] = applied(texts, answer);
  return h(
    'p',
    'notice',
    {},
    h('span', '', {}, before, h('strong', '', {}, brief(suggestion.query)), behind),
    others(texts.alternatives, suggestion.alternatives),
    runs(fill(texts.literally, { query: brief(query) }), literal(query), 'literally'),
  );
}

/**
 * Offers another query beside the hits of the typed one.
 * @param {Texts} texts
 * @param {Answer} answer
 */
export function offeredLine(texts, { suggestion }) {
  if (!suggestion || suggestion.applied) return null;
  return h('p', 'notice', {}, others(texts.offered, [suggestion.query, ...suggestion.alternatives]));
}

/**
 * The same in words alone; empty without a suggestion.
 * @param {Texts} texts
 * @param {Answer} answer
 */
export function meantSpoken(texts, answer) {
  if (!answer.suggestion) return '';
  const other = brief(answer.suggestion.query);
  return answer.suggestion.applied ? applied(texts, answer).join(other) : texts.offered + other;
}

/**
 * What stands before and behind the name of the other query. The engine puts pages in which the typed letters stand by
 * accident before those of the suggestion, which are in the last tier: only if that one is the best, nothing was found.
 * @param {Texts} texts
 * @param {Answer} answer
 */
function applied(texts, { query, tier }) {
  const parts = (tier === 'some' ? texts.applied : texts.accidental).split('{other}');
  return parts.map((part) => fill(part, { query: brief(query) }));
}

/**
 * @param {string} label
 * @param {readonly string[]} queries
 */
function others(label, queries) {
  return queries.length > 0 && [h('span', '', {}, label), ...queries.map((query) => runs(brief(query), query))];
}

/**
 * A button that runs a query.
 * @param {string} label
 * @param {string} query
 * @param {string} [part]
 */
export function runs(label, query, part = '') {
  return h('button', part, { 'data-query': query }, label);
}

/**
 * The query that finds a text only as it is written.
 * @param {string} query
 */
function literal(query) {
  return `"${query.replaceAll('"', ' ').trim()}"`;
}
