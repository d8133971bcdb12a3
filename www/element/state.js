/**
 * What a box knows, and how it changes: a pure reducer, without DOM, clock or engine.
 *
 * Questions are numbered. An answer is taken only if its number is higher than that of the answer on show, so a slow
 * early one never replaces a newer one, and clearing the box counts as an answer.
 */

/**
 * @typedef {import('../jisou.js').Facet} Facet
 * @typedef {import('../jisou.js').SortInfo} Sort
 * @typedef {import('../jisou.js').Answer} Answer
 * @typedef {import('../jisou.js').Hit} Hit
 * @typedef {import('../jisou.js').SectionHit} SectionHit
 * @typedef {{ url: string, title: string }} Named
 */

/**
 * A question put to the engine. `tentative` ones hold text that an input method is still composing.
 * @typedef {object} Question
 * @property {number} number
 * @property {string} text
 * @property {boolean} tentative
 */

/**
 * @typedef {object} State
 * @property {boolean} opened the panel is shown
 * @property {'idle' | 'loading' | 'ready' | 'failed'} engine
 * @property {boolean} stalled the reader has waited for so long that it should be said
 * @property {string} failure the code of the error that stopped the engine; empty without one
 * @property {readonly Facet[]} facets what can be filtered by, over all pages
 * @property {readonly Sort[]} sorts what can be sorted by
 * @property {Readonly<Record<string, readonly string[]>>} chosen values of filters; a page needs one of each name
 * @property {string} sort as `date desc`; empty for the best first
 * @property {boolean} filtering the filters are shown
 * @property {string} query what the box holds, without text that is still being composed
 * @property {Question} question the last one asked
 * @property {number} answered the number of the question that `answer` belongs to, or of a later one that the page did not let through
 * @property {Answer | null} answer null while the box is empty
 * @property {readonly string[]} completions of the query that `answer` answers
 * @property {Readonly<Record<number, Named>>} names of hits without a title, and of duplicates, by id
 * @property {number} limit how many hits to show
 * @property {number} active the option that the arrow keys are on; -1 for none
 * @property {readonly string[]} history earlier queries, newest first
 */

/**
 * What narrows and orders the hits, as the reader chose.
 * @typedef {Pick<State, 'chosen' | 'sort'>} Refinement
 */

/**
 * @typedef {{ answer: Answer, completions: string[], names: Record<number, Named> }} Reply
 * @typedef {{ type: 'loading' }
 *   | { type: 'stalled' }
 *   | { type: 'loaded', facets: readonly Facet[], sorts: readonly Sort[] }
 *   | { type: 'failed', code: string }
 *   | { type: 'typed', text: string, tentative: boolean } & Partial<Refinement>
 *   | { type: 'answered', number: number, reply: Reply }
 *   | { type: 'dropped', number: number }
 *   | { type: 'more' }
 *   | { type: 'moved', by: 1 | -1 }
 *   | { type: 'rested' }
 *   | { type: 'opened' }
 *   | { type: 'closed' }
 *   | { type: 'chosen', name: string, value: string, on: boolean }
 *   | { type: 'refined' } & Partial<Refinement>
 *   | { type: 'filtering' }
 *   | { type: 'remembered', history: readonly string[] }} Action
 */

/** @typedef {'start' | 'loading' | 'failed' | 'results' | 'nothing'} Screen */

/**
 * A line of the list: a page, a section of it, or a page that answers with the same passage.
 * @typedef {object} Entry
 * @property {'page' | 'section' | 'copy'} kind
 * @property {Hit} hit
 * @property {SectionHit} [section] of a page: the part that belongs to no section with an address of its own
 * @property {number} [copy] the id of the other page
 */

export const FIRST_HITS = 10;
export const MORE_HITS = 20;
/** Further ones are in the index, but a list of equals helps nobody. */
export const MOST_COPIES = 3;

/** @type {State} */
export const initial = {
  opened: false,
  engine: 'idle',
  stalled: false,
  failure: '',
  facets: [],
  sorts: [],
  chosen: {},
  sort: '',
  filtering: false,
  query: '',
  question: { number: 0, text: '', tentative: false },
  answered: 0,
  answer: null,
  completions: [],
  names: {},
  limit: FIRST_HITS,
  active: -1,
  history: [],
};

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  const next = after(state, action);
  return next.stalled && !waits(next) ? { ...next, stalled: false } : next;
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
function after(state, action) {
  switch (action.type) {
    case 'loading':
      return { ...state, engine: 'loading', failure: '' };
    case 'stalled':
      return { ...state, stalled: true };
    case 'loaded':
      return { ...state, facets: action.facets, sorts: action.sorts, engine: 'ready' };
    case 'failed':
      return { ...state, engine: 'failed', failure: action.code };
    case 'typed':
      return typed(chosenAs(state, action), action.text, action.tentative);
    case 'answered':
      return answered(state, action.number, action.reply);
    case 'dropped':
      return { ...state, answered: Math.max(action.number, state.answered) };
    case 'more':
      return again({ ...state, limit: state.limit + MORE_HITS });
    case 'moved':
      return { ...state, active: step(state.active, action.by, entriesOf(state.answer).length) };
    case 'rested':
      return { ...state, active: -1 };
    case 'opened':
      return state.opened ? state : { ...state, opened: true };
    case 'closed':
      return state.opened ? { ...state, opened: false, filtering: false } : state;
    case 'chosen':
      return refined({ ...state, chosen: choose(state.chosen, action) });
    case 'refined':
      return refined(chosenAs(state, action));
    case 'filtering':
      // An index in pieces counts pages by the values of filters only where these are shown.
      return again({ ...state, filtering: !state.filtering });
    case 'remembered':
      return { ...state, history: action.history };
  }
}

/**
 * What the panel shows. Until an answer has arrived, what was there before stays.
 * @param {State} state
 * @returns {Screen}
 */
export function screen(state) {
  if (state.engine === 'failed') return 'failed';
  if (!state.answer) return waits(state) ? 'loading' : 'start';
  return state.answer.total ? 'results' : 'nothing';
}

/** @type {WeakMap<Answer, Entry[]>} */
const entries = new WeakMap();

/**
 * The lines of the list, in order.
 * @param {Answer | null} answer
 * @returns {Entry[]}
 */
export function entriesOf(answer) {
  if (!answer) return [];
  const known = entries.get(answer) ?? answer.hits.flatMap(entriesOfHit);
  entries.set(answer, known);
  return known;
}

/**
 * @param {Hit} hit
 * @returns {Entry[]}
 */
function entriesOfHit(hit) {
  /** @type {Entry} */
  const page = { kind: 'page', hit, section: hit.sections.find(({ anchor }) => anchor === '') };
  const sections = hit.sections.filter(({ anchor }) => anchor !== '');
  return [
    page,
    ...sections.map((section) => /** @type {Entry} */ ({ kind: 'section', hit, section })),
    ...hit.duplicates.slice(0, MOST_COPIES).map((copy) => /** @type {Entry} */ ({ kind: 'copy', hit, copy })),
  ];
}

/**
 * Whether a text holds nothing to search for.
 * @param {string} text
 */
export function isBlank(text) {
  return text.trim() === '';
}

/**
 * Whether an answer is awaited: not to what is still being composed.
 * @param {State} state
 */
export function waits({ engine, query, question, answered }) {
  return !isBlank(query) && (engine === 'loading' || (engine === 'ready' && !question.tentative && question.number > answered));
}

/**
 * @param {State} state
 * @param {string} text
 * @param {boolean} tentative
 * @returns {State}
 */
function typed(state, text, tentative) {
  const question = { number: state.question.number + 1, text, tentative };
  if (tentative) return { ...state, question };
  const asked = { ...state, query: text, question, limit: FIRST_HITS, active: -1 };
  return isBlank(text) ? { ...asked, answer: null, completions: [], answered: question.number } : asked;
}

/**
 * The settled query asked again, with other options.
 * @param {State} state
 * @returns {State}
 */
function again(state) {
  return { ...state, question: { number: state.question.number + 1, text: state.query, tentative: false } };
}

/**
 * @param {State} state
 * @returns {State}
 */
function refined(state) {
  return again({ ...state, limit: FIRST_HITS, active: -1 });
}

/**
 * @param {State} state
 * @param {Partial<Refinement>} refinement
 * @returns {State}
 */
function chosenAs(state, { chosen = state.chosen, sort = state.sort }) {
  return { ...state, chosen, sort };
}

/**
 * @param {State['chosen']} chosen
 * @param {{ name: string, value: string, on: boolean }} choice
 */
function choose(chosen, { name, value, on }) {
  const others = (chosen[name] ?? []).filter((other) => other !== value);
  const { [name]: _, ...rest } = chosen;
  const values = on ? [...others, value] : others;
  return values.length > 0 ? { ...rest, [name]: values } : rest;
}

/**
 * @param {State} state
 * @param {number} number
 * @param {Reply} reply
 * @returns {State}
 */
function answered(state, number, { answer, completions, names }) {
  if (number <= state.answered) return state;
  // Half-composed pinyin rarely occurs in the text: only a real hit may change the screen under the typing hand.
  const tentative = state.question.tentative && number === state.question.number;
  if (tentative && (answer.tier === null || answer.tier === 'some')) return state;
  // The same question has the same answer. Keeping the one on show keeps its list, so that a click that also ended a
  // composition still meets the option it was aimed at.
  return sameHits(answer, state.answer) ? { ...state, answered: number } : { ...state, answer, completions, names, answered: number };
}

/**
 * @param {Answer} answer
 * @param {Answer | null} shown
 */
function sameHits({ query, total, hits, facets }, shown) {
  return (
    query === shown?.query &&
    total === shown.total &&
    facets.length === shown.facets.length &&
    hits.length === shown.hits.length &&
    hits.every(({ id }, at) => id === shown.hits[at]?.id)
  );
}

/**
 * One step in a ring of `count`, into which -1 leads from either side.
 * @param {number} at
 * @param {1 | -1} by
 * @param {number} count
 */
function step(at, by, count) {
  if (count === 0) return -1;
  if (at < 0) return by > 0 ? 0 : count - 1;
  return (at + by + count) % count;
}
