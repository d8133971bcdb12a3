/**
 * The screen as a function of the state. A screen is built anew when something it shows has changed; the active
 * option and the current hit are only adjusted, so that moving through them costs nothing.
 */
import { contents, suggestions } from './contents.js';
import { h } from './dom.js';
import { countMarks, reader } from './reader.js';
import { LISTBOX, optionId, results } from './results.js';
import { completionLine, meantSpoken, offeredLine } from './meant.js';
import { hrefOf } from './route.js';
import { screen } from './state.js';
import { brief, texts } from './texts.js';
import { titleOf } from './titles.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Screen} Screen
 * @typedef {import('./dom.js').Child} Child
 */

/** @type {Record<Screen, (state: State) => Child[]>} */
const BUILD = { loading, failed, home: contents, results, nothing, article: reader, missing };

/**
 * What each screen is built from, apart from the name of the screen.
 * @type {Record<Screen, (state: State) => unknown[]>}
 */
const PARTS = {
  loading: ({ stalled }) => [stalled],
  failed: ({ failure }) => [failure],
  home: ({ pages, samples }) => [pages, samples],
  results: ({ answer, completions, pages }) => [answer, completions, pages],
  nothing: ({ answer, completions, samples }) => [answer, completions, samples],
  article: ({ article, pages }) => [article, pages],
  missing: () => [],
};

export class View {
  /** @type {unknown[]} */
  #parts = [];
  /** @type {State | null} */
  #before = null;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} clear the button that empties the box
   * @param {HTMLElement} main
   */
  constructor(input, clear, main) {
    this.input = input;
    this.clear = clear;
    this.main = main;
  }

  /**
   * @param {State} state
   */
  render(state) {
    const name = screen(state);
    const parts = [name, ...PARTS[name](state)];
    const built = parts.length !== this.#parts.length || parts.some((part, index) => part !== this.#parts[index]);
    if (built) {
      this.#parts = parts;
      this.main.className = name;
      this.main.replaceChildren(...BUILD[name](state).filter(isNode));
      // Other words start at the top; more hits for the same words are added below.
      if (name !== 'article' && state.answer?.query !== this.#before?.answer?.query) window.scrollTo(0, 0);
    }
    this.clear.hidden = state.query === '';
    document.title = windowTitle(state);
    this.#adjustOptions(state, name === 'results');
    if (name === 'article' && (built || state.mark !== this.#before?.mark)) this.#adjustMark(state, built);
    this.#before = state;
  }

  /**
   * @param {State} state
   * @param {boolean} open
   */
  #adjustOptions(state, open) {
    const { input, main } = this;
    input.setAttribute('aria-expanded', String(open));
    setOrRemove(input, 'aria-controls', open && LISTBOX);
    setOrRemove(input, 'aria-activedescendant', open && state.active >= 0 && optionId(state.active));
    if (!open) return;
    main.querySelectorAll('[role=option]').forEach((option, index) => {
      const active = String(index === state.active);
      if (option.getAttribute('aria-selected') === active) return;
      option.setAttribute('aria-selected', active);
      if (index === state.active) option.scrollIntoView({ block: 'nearest' });
    });
  }

  /**
   * @param {State} state
   * @param {boolean} arrived the article has just been opened
   */
  #adjustMark({ article, mark, place }, arrived) {
    const { main } = this;
    main.querySelector('mark.current')?.classList.remove('current');
    const current = main.querySelectorAll('mark')[mark];
    current?.classList.add('current');
    const position = main.querySelector('.position');
    if (position && article && article !== 'missing') position.textContent = texts.mark(mark + 1, countMarks(article));
    if (arrived) main.querySelector('h1')?.focus({ preventScroll: true });
    const section = place?.anchor ? main.querySelector(`[data-anchor="${CSS.escape(place.anchor)}"]`) : null;
    if (current) current.scrollIntoView({ block: 'center' });
    else if (section) section.scrollIntoView();
    else window.scrollTo(0, 0);
  }
}

/**
 * What the window and the history call this screen.
 * @param {State} state
 */
function windowTitle({ query, article, pages }) {
  const subject = article && article !== 'missing' ? titleOf(pages, article) : brief(query);
  return subject ? texts.windowTitle(subject) : texts.site;
}

/**
 * What a screen reader is told once the typing rests.
 * @param {State} state
 */
export function spoken(state) {
  if (!state.answer || !['results', 'nothing'].includes(screen(state))) return '';
  const { answer, completions } = state;
  const found = answer.total ? texts.count(answer.total) : texts.nothingSpoken;
  const completed = completions.length > 0 ? `，${texts.completionsSpoken(completions.length)}` : '';
  return `${meantSpoken(answer)}${found}${completed}`;
}

/** @param {State} state */
function loading({ stalled }) {
  return [stalled && h('h1', { class: 'waiting' }, texts.loading)];
}

/** @param {State} state */
function failed({ failure }) {
  const again = failure !== 'no-wasm' && h('button', { type: 'button', class: 'button', 'data-retry': true }, texts.retry);
  return [h('div', { class: 'message', role: 'alert' }, h('h1', {}, texts.failureTitle), h('p', {}, texts.failure(failure)), again)];
}

/** @param {State} state */
function nothing({ answer, completions, samples }) {
  return [
    completionLine(completions),
    answer && offeredLine(answer),
    h('div', { class: 'message' }, h('h1', {}, texts.nothingTitle(brief(answer?.query ?? ''))), h('p', {}, texts.nothing)),
    suggestions(texts.samplesTitle, samples),
  ];
}

function missing() {
  const home = h('a', { href: hrefOf({ query: '', place: null }), 'data-inside': 'own-query' }, texts.backHome);
  return [h('div', { class: 'message' }, h('h1', {}, texts.missingTitle), h('p', {}, texts.missing), h('p', {}, home))];
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isNode(child) {
  return child !== null && child !== undefined && child !== false;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | false} value
 */
function setOrRemove(element, name, value) {
  if (value === false) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
