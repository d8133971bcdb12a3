/**
 * What the page knows, and how it changes: a pure reducer, without DOM, clock or engine.
 *
 * Questions are numbered. An answer is taken only if its number is higher than that of the answer on show, so a slow
 * early one never replaces a newer one, and clearing the box counts as an answer.
 */

/**
 * @typedef {import('./jisou.js').Answer} Answer
 * @typedef {import('./jisou.js').Page} Page
 * @typedef {import('./jisou.js').PageSummary} PageSummary
 * @typedef {import('./jisou.js').IndexInfo} IndexInfo
 */

/**
 * An article, and the section of it to go to (its anchor; empty for the first hit).
 * @typedef {object} Place
 * @property {string} url
 * @property {string} anchor
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
 * @property {'loading' | 'ready' | 'failed'} engine
 * @property {boolean} stalled loading takes so long that it should be said
 * @property {string} failure the code of the error that stopped the engine; empty without one
 * @property {readonly PageSummary[]} pages each with a title, its own or another name
 * @property {IndexInfo | null} info
 * @property {number} opened milliseconds from the first request to an open index
 * @property {readonly string[]} samples queries to suggest
 * @property {string} query what the box holds, without text that is still being composed
 * @property {Question} question the last one asked
 * @property {number} answered the number of the question that `answer` belongs to
 * @property {Answer | null} answer null while the box is empty
 * @property {readonly string[]} completions of the query that `answer` answers
 * @property {number} limit how many hits to show
 * @property {number} active the option that the arrow keys are on; -1 for none
 * @property {Place | null} place the article asked for
 * @property {Page | 'missing' | null} article the article at `place`; null until it is there
 * @property {number} mark the hit in the article that the reader is at; -1 for none
 */

/**
 * @typedef {{ type: 'loading' }
 *   | { type: 'stalled' }
 *   | { type: 'loaded', site: Pick<State, 'pages' | 'info' | 'samples' | 'opened'> }
 *   | { type: 'failed', code: string }
 *   | { type: 'typed', text: string, tentative: boolean }
 *   | { type: 'answered', number: number, answer: Answer, completions: string[] }
 *   | { type: 'more' }
 *   | { type: 'moved', by: 1 | -1 }
 *   | { type: 'rested' }
 *   | { type: 'went', query: string, place: Place | null }
 *   | { type: 'opened', place: Place, article: Page | 'missing', mark: number }
 *   | { type: 'stepped', by: 1 | -1, marks: number }} Action
 */

/** @typedef {'loading' | 'failed' | 'home' | 'results' | 'nothing' | 'article' | 'missing'} Screen */

const FIRST_HITS = 10;
export const MORE_HITS = 20;

/** @type {State} */
export const initial = {
  engine: 'loading',
  stalled: false,
  failure: '',
  pages: [],
  info: null,
  opened: 0,
  samples: [],
  query: '',
  question: { number: 0, text: '', tentative: false },
  answered: 0,
  answer: null,
  completions: [],
  limit: FIRST_HITS,
  active: -1,
  place: null,
  article: null,
  mark: -1,
};

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case 'loading':
      return { ...state, engine: 'loading', stalled: false, failure: '' };
    case 'stalled':
      return state.engine === 'loading' ? { ...state, stalled: true } : state;
    case 'loaded':
      return { ...state, ...action.site, engine: 'ready', stalled: false };
    case 'failed':
      return { ...state, engine: 'failed', stalled: false, failure: action.code };
    case 'typed':
      return ask({ ...state, place: null, article: null }, action.text, action.tentative);
    case 'answered':
      return answer(state, action);
    case 'more':
      return {
        ...state,
        limit: state.limit + MORE_HITS,
        question: { ...state.question, number: state.question.number + 1 },
      };
    case 'moved':
      return { ...state, active: step(state.active, action.by, state.answer?.hits.length ?? 0) };
    case 'rested':
      return { ...state, active: -1 };
    case 'went':
      return go(state, action.query, action.place);
    case 'opened':
      return samePlace(state.place, action.place) ? { ...state, article: action.article, mark: action.mark } : state;
    case 'stepped':
      return { ...state, mark: step(state.mark, action.by, action.marks) };
  }
}

/**
 * What the page shows. Until an answer or an article has arrived, what was there before stays.
 * @param {State} state
 * @returns {Screen}
 */
export function screen(state) {
  if (state.engine === 'failed') return 'failed';
  if (state.engine === 'loading') return 'loading';
  if (state.article === 'missing') return 'missing';
  if (state.article) return 'article';
  if (!state.answer) return 'home';
  return state.answer.total ? 'results' : 'nothing';
}

/**
 * Whether a text holds nothing to search for.
 * @param {string} text
 */
export function isBlank(text) {
  return text.trim() === '';
}

/**
 * @param {Place | null} a
 * @param {Place | null} b
 */
export function samePlace(a, b) {
  return a === b || (a !== null && b !== null && a.url === b.url && a.anchor === b.anchor);
}

/**
 * @param {State} state
 * @param {string} text
 * @param {boolean} tentative
 * @returns {State}
 */
function ask(state, text, tentative) {
  const question = { number: state.question.number + 1, text, tentative };
  if (tentative) return { ...state, question };
  const asked = { ...state, query: text, question, limit: FIRST_HITS, active: -1 };
  return isBlank(text) ? { ...asked, answer: null, answered: question.number } : asked;
}

/**
 * @param {State} state
 * @param {{ number: number, answer: Answer, completions: string[] }} arrived
 * @returns {State}
 */
function answer(state, { number, answer, completions }) {
  if (number <= state.answered) return state;
  // Half-composed pinyin rarely occurs in the text: only a real hit may change the screen under the typing hand.
  const tentative = state.question.tentative && number === state.question.number;
  if (tentative && (answer.tier === null || answer.tier === 'some')) return state;
  // The same question has the same answer. Keeping the one on show keeps its list, so that a click that also ended a
  // composition still meets the option it was aimed at.
  const same = answer.query === state.answer?.query && answer.hits.length === state.answer.hits.length;
  return same ? { ...state, answered: number } : { ...state, answer, completions, answered: number };
}

/**
 * @param {State} state
 * @param {string} query
 * @param {Place | null} place
 * @returns {State}
 */
function go(state, query, place) {
  const asked = query === state.query ? state : ask(state, query, false);
  if (samePlace(place, asked.place) && query === state.query) return asked;
  return { ...asked, place, article: place && asked.article, mark: -1 };
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
