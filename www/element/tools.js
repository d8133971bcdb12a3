/** The line above the hits of an index that can be filtered or sorted. */
import { h } from './dom.js';
import { fill } from './texts.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Facet} Facet
 * @typedef {import('./texts.js').Texts} Texts
 */

/** More values of one name than this are not shown: the most frequent come first. */
const MOST_VALUES = 24;

/**
 * @param {import('./view.js').Looks} looks
 * @param {State} state
 * @returns {import('./dom.js').Child[]}
 */
export function tools({ texts, names }, { facets, sorts, sort, chosen, filtering, answer }) {
  const count = Object.values(chosen).reduce((sum, values) => sum + values.length, 0);
  const name = count > 0 ? fill(texts.filtersChosen, { n: count }) : texts.filters;
  const toggle = facets.length > 0 && h('button', 'toggle', { 'aria-expanded': String(filtering), 'data-filtering': true }, name);
  const found = answer?.facets;
  return [
    h('div', 'bar', {}, toggle, sorts.length > 0 && sorting(texts, names, sorts, sort)),
    filtering &&
      h(
        'div',
        'filters',
        {},
        ...facets.map((facet) => fieldset(names, facet, chosen[facet.name] ?? [], found?.find((other) => other.name === facet.name))),
        count > 0 && h('button', 'toggle', { 'data-unfilter': true }, texts.clearFilters),
      ),
  ];
}

/**
 * @param {Readonly<Record<string, string>>} names
 * @param {Facet} facet over all pages
 * @param {readonly string[]} chosen
 * @param {Facet | undefined} found among the pages that answer
 */
function fieldset(names, { name, values }, chosen, found) {
  const counts = new Map(found?.values.map(({ value, count }) => [value, count]));
  const rows = values.map(({ value }) => ({ value, count: counts.get(value) ?? 0, on: chosen.includes(value) }));
  rows.sort((a, b) => Number(b.on) - Number(a.on) || b.count - a.count);
  return h(
    'fieldset',
    '',
    {},
    h('legend', '', {}, names[name] ?? name),
    ...rows.slice(0, MOST_VALUES).map(({ value, count, on }) =>
      h(
        'label',
        '',
        {},
        h('input', '', { type: 'checkbox', checked: on, 'data-name': name, 'data-value': value }),
        h('span', '', {}, value),
        h('small', '', {}, found ? String(count) : ''),
      ),
    ),
  );
}

/**
 * @param {Texts} texts
 * @param {Readonly<Record<string, string>>} names
 * @param {State['sorts']} sorts
 * @param {string} sort
 */
function sorting(texts, names, sorts, sort) {
  const choices = sorts.flatMap(({ name, type }) =>
    /** @type {const} */ (['desc', 'asc']).map((direction) => {
      const value = `${name} ${direction}`;
      return h('option', '', { value, selected: value === sort }, `${names[name] ?? name}: ${texts[`${type} ${direction}`]}`);
    }),
  );
  return h(
    'label',
    'sort',
    {},
    h('span', '', {}, texts.sort),
    h('select', '', { 'data-sort': true }, h('option', '', { value: '', selected: sort === '' }, texts.best), ...choices),
  );
}
