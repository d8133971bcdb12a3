/**
 * The wiring of the page: events become actions, changes of state become questions to the engine, and the screen and
 * the address follow. It is the only file in which all the others meet.
 */
import { open } from './jisou.js';
import { watchBoxKeys, watchPageKeys } from './keys.js';
import { completionsFor } from './meant.js';
import { countMarks, firstMark } from './reader.js';
import { Router, routeOf } from './route.js';
import { pickSamples } from './samples.js';
import { initial, isBlank, reduce, screen } from './state.js';
import { named } from './titles.js';
import { watchTyping } from './typing.js';
import { View, spoken } from './view.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Place} Place
 */

/** A load shorter than this is not worth a message. */
const STALLED_AFTER = 300;
/** Screen readers are told the count when the typing rests, not at every letter. */
const SPOKEN_AFTER = 600;

const input = /** @type {HTMLInputElement} */ (document.getElementById('q'));
const clear = /** @type {HTMLElement} */ (document.getElementById('clear'));
const status = /** @type {HTMLElement} */ (document.getElementById('status'));
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const touch = window.matchMedia('(pointer: coarse)');

const view = new View(input, clear, main);
const router = new Router(window, ({ query, place }, scroll) => {
  go(query, place);
  // By the next frame the engine has answered and the list is there again. An article goes to its hit by itself.
  if (!place) requestAnimationFrame(() => window.scrollTo(0, scroll));
});

/** @type {import('./jisou.js').Index | undefined} */
let index;
let state = initial;
let speaking = 0;

/**
 * @param {import('./state.js').Action} action
 */
function dispatch(action) {
  const before = state;
  state = reduce(before, action);
  if (state === before) return;
  view.render(state);
  router.show({ query: state.query, place: state.place });
  clearTimeout(speaking);
  speaking = setTimeout(() => (status.textContent = spoken(state)), SPOKEN_AFTER);
  pursue(before);
}

/**
 * Asks the engine for whatever the new state lacks.
 * @param {State} before
 */
function pursue(before) {
  if (state.engine === 'loading' && before.engine !== 'loading') load();
  if (state.engine !== 'ready' || !index) return;
  const woke = before.engine !== 'ready';
  if ((woke || state.question !== before.question) && !isBlank(state.question.text)) search(index, state);
  if (state.place && (woke || state.place !== before.place)) read(index, state, state.place);
}

async function load() {
  const started = performance.now();
  const stalled = setTimeout(() => dispatch({ type: 'stalled' }), STALLED_AFTER);
  try {
    index ??= await open();
    const opened = performance.now() - started;
    const [pages, info] = await Promise.all([index.pages(), index.info()]);
    const samples = await pickSamples(index, pages);
    dispatch({ type: 'loaded', site: { pages: await named(index, pages), info, samples, opened } });
  } catch (error) {
    fail(error);
  } finally {
    clearTimeout(stalled);
  }
}

/**
 * @param {import('./jisou.js').Index} index
 * @param {State} state
 */
async function search(index, { question, limit }) {
  try {
    const answer = await index.search(question.text, { limit });
    dispatch({ type: 'answered', number: question.number, answer, completions: await completionsFor(index, answer) });
  } catch (error) {
    fail(error);
  }
}

/**
 * @param {import('./jisou.js').Index} index
 * @param {State} state
 * @param {Place} place
 */
async function read(index, { pages, query }, place) {
  try {
    const id = pages.find(({ url }) => url === place.url)?.id;
    const article = id === undefined ? 'missing' : await index.page(id, query);
    const mark = article === 'missing' ? -1 : firstMark(article, place.anchor);
    dispatch({ type: 'opened', place, article, mark });
  } catch (error) {
    fail(error);
  }
}

/**
 * @param {unknown} error
 */
function fail(error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
  dispatch({ type: 'failed', code });
}

/**
 * Shows a query or an article that was not typed: a link, a step through the history.
 * @param {string} query
 * @param {Place | null} place
 */
function go(query, place) {
  input.value = query;
  dispatch({ type: 'went', query, place });
  if (!place) focusBox();
}

/** Not on a phone, where the focus would bring up the keyboard over what is to be read. */
function focusBox() {
  if (!touch.matches) input.focus({ preventScroll: true });
}

function empty() {
  input.value = '';
  dispatch({ type: 'typed', text: '', tentative: false });
}

/** A module that has been loaded cannot be replaced in a running page; the address keeps the query over a reload. */
function again() {
  if (state.failure === 'load-failed') dispatch({ type: 'loading' });
  else window.location.reload();
}

/** Out of an article, to where the reader came from. */
function leave() {
  if (!router.back()) go(state.query, null);
}

/**
 * Opens the active option; without one, the first. On a phone the key only puts the keyboard away.
 * @param {KeyboardEvent} event
 */
function enter(event) {
  const name = screen(state);
  if (name === 'article' || name === 'missing') return go(input.value, null);
  if (state.active < 0 && touch.matches) return input.blur();
  const option = main.querySelectorAll('a[role=option]')[Math.max(0, state.active)];
  if (!(option instanceof HTMLAnchorElement)) return;
  if (event.ctrlKey || event.metaKey) window.open(option.href, '_blank', 'noopener');
  else follow(option, '');
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} anchor the section of the article to go to
 */
function follow(link, anchor) {
  const { query, place } = routeOf(link);
  go(link.dataset.inside === 'same-query' ? state.query : query, place && { ...place, anchor });
}

/**
 * @param {MouseEvent} event
 */
function click(event) {
  const target = event.target instanceof Element ? event.target.closest('a, button') : null;
  if (target instanceof HTMLAnchorElement && target.matches('[data-inside], [data-back]')) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if ('back' in target.dataset) return leave();
    const section = /** @type {Element} */ (event.target).closest('[data-anchor]');
    follow(target, section?.getAttribute('data-anchor') ?? '');
  } else if (target instanceof HTMLButtonElement) {
    const { retry, more, step, query } = target.dataset;
    if (query !== undefined) go(query, null);
    else if (retry !== undefined) again();
    else if (more !== undefined) dispatch({ type: 'more' });
    else if (step && state.article && state.article !== 'missing') {
      dispatch({ type: 'stepped', by: step === '1' ? 1 : -1, marks: countMarks(state.article) });
    } else if (target === clear) {
      empty();
      input.focus();
    }
  }
}

watchTyping(input, (text, tentative) => dispatch({ type: 'typed', text, tentative }));
watchBoxKeys(input, {
  move(by) {
    if (screen(state) !== 'results') return false;
    dispatch({ type: 'moved', by });
    return true;
  },
  enter,
  escape() {
    if (state.place) leave();
    else if (state.active >= 0) dispatch({ type: 'rested' });
    else if (input.value !== '') empty();
    else return false;
    return true;
  },
});
watchPageKeys(document, {
  focus: () => input.select(),
  escape: () => state.place && leave(),
});
document.addEventListener('click', click);
// Without this file the form asks for the page with `?q=`; with it the answer is already there.
input.form?.addEventListener('submit', (event) => event.preventDefault());

// Letters typed before this file arrived are a newer wish than the address.
const { query, place } = router.route;
if (input.value !== '' && input.value !== query) dispatch({ type: 'typed', text: input.value, tentative: false });
else {
  input.value = query;
  dispatch({ type: 'went', query, place });
}
if (!place) focusBox();
load();
