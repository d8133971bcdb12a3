/** What the panel shows when it shows no hits: the start, a load that takes its time, a failure, an empty answer. */
import { h } from './dom.js';
import { completion, completionLine, offeredLine, runs } from './meant.js';
import { brief, failureText, fill } from './texts.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./view.js').Looks} Looks
 * @typedef {import('./dom.js').Child} Child
 */

/**
 * Before anything was typed: the page's own words, and earlier queries.
 * @param {Looks} looks
 * @param {State} state
 * @returns {Child[]}
 */
export function start({ texts }, { history }) {
  const items = history.map((query) =>
    h(
      'li',
      '',
      {},
      runs(query, query),
      h('button', '', { 'data-forget': query, 'aria-label': fill(texts.forget, { query }) }, '×'),
    ),
  );
  return [
    items.length > 0 &&
      h(
        'section',
        'history',
        {},
        h('p', '', {}, h('strong', '', {}, texts.history), h('button', '', { 'data-forget': '' }, texts.forgetAll)),
        h('ul', '', {}, ...items),
      ),
    h('slot', '', { name: 'start' }),
  ];
}

/**
 * @param {Looks} looks
 * @param {State} state
 * @returns {Child[]}
 */
export function loading({ texts }, { stalled }) {
  return [stalled && h('p', 'waiting', {}, texts.loading)];
}

/**
 * @param {Looks} looks
 * @param {State} state
 * @returns {Child[]}
 */
export function failed({ texts }, { failure }) {
  return [
    h(
      'div',
      'message',
      { role: 'alert' },
      h('strong', '', {}, texts.failed),
      h('p', '', {}, failureText(texts, failure)),
      h('button', 'button', { 'data-retry': true }, texts.retry),
    ),
  ];
}

/**
 * @param {Looks} looks
 * @param {State} state
 * @returns {Child[]}
 */
export function nothing({ texts }, { answer, completions, chosen }) {
  if (!answer) return [];
  const narrow = Object.keys(chosen).length > 0;
  const line = completionLine(texts, completions);
  line.append(...completions.map(completion));
  return [
    line,
    offeredLine(texts, answer),
    h(
      'div',
      'message',
      {},
      h('strong', '', {}, fill(texts.noneTitle, { query: brief(answer.query) })),
      h('p', '', {}, narrow ? texts.noneFiltered : texts.noneAdvice),
      narrow && h('button', 'button', { 'data-unfilter': true }, texts.clearFilters),
    ),
    h('slot', '', { name: 'none' }),
  ];
}
