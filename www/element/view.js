/**
 * The panel as a function of the state. A screen is built anew when something it shows has changed; the active option is
 * only adjusted, so that moving through the list costs nothing.
 */
import { present } from './dom.js';
import { meantSpoken } from './meant.js';
import { LISTBOX, amount, optionId, results } from './results.js';
import { failed, loading, nothing, start } from './screens.js';
import { isBlank, screen } from './state.js';
import { fill } from './texts.js';
import { tools } from './tools.js';
import { Unroll } from './unroll.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Screen} Screen
 * @typedef {import('./dom.js').Child} Child
 */

/**
 * What a page may decide about how things are shown.
 * @typedef {object} Looks
 * @property {import('./texts.js').Texts} texts
 * @property {Readonly<Record<string, string>>} names of filters and sorts, for people
 * @property {string} base what relative addresses of the index are relative to
 * @property {(hit: import('./state.js').Hit) => string} describe the line under a title
 * @property {(entry: import('./state.js').Entry, names: State['names'], query: string) => string} hrefOf
 */

/** @type {Record<Screen, (looks: Looks, state: State, later: import('./unroll.js').Part[]) => Child[]>} */
const BUILD = { start, loading, failed, results, nothing };

/**
 * What each screen is built from, apart from its name.
 * @type {Record<Screen, (state: State) => unknown[]>}
 */
const PARTS = {
  start: ({ history }) => [history],
  loading: ({ stalled }) => [stalled],
  failed: ({ failure }) => [failure],
  results: ({ answer, completions }) => [answer, completions],
  nothing: ({ answer, completions, chosen }) => [answer, completions, chosen],
};

export class View {
  /** @type {unknown[]} */
  #parts = [];
  /** @type {unknown[]} */
  #toolParts = [];
  /** Which the panel answers. */
  #query = '';
  #unroll = new Unroll();
  /** Whether the panel may not be at its top. */
  #scrolled = false;

  /**
   * @param {import('./shell.js').Shell} shell
   * @param {Looks} looks
   */
  constructor(shell, looks) {
    this.shell = shell;
    this.looks = looks;
    shell.panel.onscroll = () => (this.#scrolled = true);
  }

  /**
   * Shows the same in another way.
   * @param {Looks} looks
   * @param {State} state
   */
  renew(looks, state) {
    this.looks = looks;
    this.#parts = this.#toolParts = [];
    this.render(state);
  }

  /** @param {State} state */
  render(state) {
    const { input, clear, panel, content, tools: bar } = this.shell;
    const name = screen(state);
    const open = state.opened && name === 'results';
    clear.hidden = state.query === '';
    panel.hidden = !state.opened;
    panel.classList.toggle('stalled', state.stalled);
    const refinable = state.facets.length + state.sorts.length > 0 && (name === 'results' || name === 'nothing');
    bar.hidden = !refinable;
    const { answer, chosen, sort, filtering, facets, sorts } = state;
    if (refinable && differ(this.#toolParts, (this.#toolParts = [answer?.facets, chosen, sort, filtering, facets, sorts]))) {
      this.#replace(bar, tools(this.looks, state));
    }
    if (differ(this.#parts, (this.#parts = [name, ...PARTS[name](state)]))) {
      content.className = name;
      // Other words start at the top; more hits for the same words are added below. Answers may come long after what they answer.
      const query = answer?.query ?? '';
      const other = this.#query !== query;
      const there = other ? 0 : content.querySelectorAll('[role=option], .completions li').length;
      /** @type {import('./unroll.js').Part[]} */
      const later = [];
      const children = BUILD[name](this.looks, state, later);
      this.#unroll.begin(later, there);
      this.#replace(content, children);
      // Asking where it is would have the browser lay everything out at once.
      if (other && this.#scrolled) panel.scrollTop = 0;
      this.#scrolled &&= !other;
      this.#query = query;
    }
    input.setAttribute('aria-expanded', String(open));
    setOrRemove(input, 'aria-controls', open && LISTBOX);
    setOrRemove(input, 'aria-activedescendant', open && state.active >= 0 && optionId(state.active));
    if (open) this.#activate(state.active);
  }

  /** @param {number} active */
  #activate(active) {
    const options = active < 0 ? this.shell.content.querySelectorAll('[aria-selected=true]') : this.options();
    options.forEach((option, at) => {
      const selected = String(at === active);
      if (option.getAttribute('aria-selected') === selected) return;
      option.setAttribute('aria-selected', selected);
      if (at === active) option.scrollIntoView({ block: 'nearest' });
    });
  }

  /** The lines of the list; puts in all of them. */
  options() {
    this.#unroll.more();
    return this.shell.content.querySelectorAll('[role=option]');
  }

  /**
   * Puts new children in; the focus stays on the control that took the place of the one that had it.
   * @param {HTMLElement} parent
   * @param {Child[]} children
   */
  #replace(parent, children) {
    const { root, input } = this.shell;
    const focused = root.activeElement;
    const held = focused !== null && parent.contains(focused);
    const data = held && focused instanceof HTMLElement ? JSON.stringify(focused.dataset) : '';
    parent.replaceChildren(...present(children));
    if (!held) return;
    const same = [...parent.querySelectorAll('button, input, select')].find(
      (control) => control instanceof HTMLElement && JSON.stringify(control.dataset) === data,
    );
    (same instanceof HTMLElement ? same : input).focus({ preventScroll: true });
  }
}

/**
 * What a screen reader is told once the typing rests.
 * @param {import('./texts.js').Texts} texts
 * @param {State} state
 */
export function spoken(texts, state) {
  const { answer, completions, opened, stalled } = state;
  const name = screen(state);
  if (!opened || isBlank(state.query)) return '';
  if (stalled) return texts.loading;
  if (!answer || name === 'failed') return '';
  const found = answer.total ? fill(texts.count, { n: amount(answer) }) : texts.none;
  const completed = completions.length > 0 ? fill(texts.completionsSpoken, { n: completions.length }) : '';
  return [meantSpoken(texts, answer) + found, completed].filter(Boolean).join(' · ');
}

/**
 * @param {unknown[]} before
 * @param {unknown[]} after
 */
function differ(before, after) {
  return before.length !== after.length || before.some((part, at) => part !== after[at]);
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
