/**
 * What else may be meant: the line that names a guess and leads back from it, and the completions under the box.
 */
import { h } from './dom.js';
import { brief, texts } from './texts.js';

/**
 * @typedef {import('./jisou.js').Answer} Answer
 * @typedef {import('./jisou.js').Index} Index
 */

const MOST_COMPLETIONS = 5;
/** Some are left out again: the query itself, and what the line above the hits already offers. */
const ASKED_FOR = 2 * MOST_COMPLETIONS;
/** In characters; a longer completion may be cut short on the screen. */
const LONG = 8;

/**
 * Completions worth showing beside an answer.
 * @param {Index} index
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
 * @param {readonly string[]} completions
 */
export function completionLine(completions) {
  const items = completions.map((text) => h('li', { class: text.length > LONG && 'long' }, runs(text, text)));
  if (items.length === 0) return h('div', { class: 'completions' });
  return h('ul', { class: 'completions', 'aria-label': texts.completionsLabel }, ...items);
}

/**
 * Says that the hits are those of another query, and leads to those of the typed one.
 * @param {Answer} answer
 */
export function appliedLine(answer) {
  const { query, suggestion } = answer;
  if (!suggestion?.applied) return null;
  const [before, other, behind] = appliedParts(answer);
  return h(
    'p',
    { class: 'notice' },
    h('span', {}, before, h('strong', {}, other), behind),
    others(texts.alternatives, suggestion.alternatives),
    runs(texts.literally(brief(query)), literal(query), 'literally'),
  );
}

/**
 * Offers another query beside the hits of the typed one.
 * @param {Answer} answer
 */
export function offeredLine({ suggestion }) {
  if (!suggestion || suggestion.applied) return null;
  return h('p', { class: 'notice' }, others(texts.offered, [suggestion.query, ...suggestion.alternatives]));
}

/**
 * The same in words alone; empty without a suggestion.
 * @param {Answer} answer
 */
export function meantSpoken(answer) {
  if (!answer.suggestion) return '';
  return answer.suggestion.applied ? appliedParts(answer).join('') : texts.offered + brief(answer.suggestion.query);
}

/**
 * The engine puts pages in which the typed letters stand by accident before those of the suggestion, which are in the
 * last tier: only if that one is the best, nothing was found.
 * @param {Answer} answer
 */
function appliedParts({ query, tier, suggestion }) {
  const say = tier === 'some' ? texts.applied : texts.accidental;
  return say(brief(query), brief(suggestion?.query ?? ''));
}

/**
 * @param {string} label
 * @param {readonly string[]} queries
 */
function others(label, queries) {
  return queries.length > 0 && [h('span', {}, label), ...queries.map((query) => runs(brief(query), query))];
}

/**
 * A button that runs a query.
 * @param {string} label
 * @param {string} query
 * @param {string} [name] of its class
 */
function runs(label, query, name) {
  return h('button', { type: 'button', class: name, 'data-query': query }, label);
}

/**
 * The query that finds a text only as it is written.
 * @param {string} query
 */
function literal(query) {
  return `"${query.replaceAll('"', ' ').trim()}"`;
}
