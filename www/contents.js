/** The page before anything was typed: what is in here, and what to try. */
import { h } from './dom.js';
import { hrefOf } from './route.js';
import { sheetsOf } from './sheets.js';
import { texts } from './texts.js';

/**
 * @param {import('./state.js').State} state
 * @returns {import('./dom.js').Child[]}
 */
export function contents({ pages, samples, info, opened }) {
  return [
    info && h('p', { class: 'figures' }, ...texts.figures(info, opened).map((figure) => h('span', {}, figure))),
    suggestions(texts.samplesTitle, samples),
    h('h1', { class: 'rule-title' }, texts.contentsTitle),
    h('div', { class: 'sheets' }, ...sheetsOf(pages).map(sheet)),
  ];
}

/**
 * Queries to try, as links.
 * @param {string} title
 * @param {readonly string[]} samples
 */
export function suggestions(title, samples) {
  const links = samples.map((query) => h('li', {}, h('a', { href: hrefOf({ query, place: null }), 'data-inside': 'own-query' }, query)));
  return links.length > 0 && h('section', { class: 'samples' }, h('h2', {}, title), h('ul', {}, ...links));
}

/**
 * @param {import('./sheets.js').Sheet} sheet
 */
function sheet({ source, label, articles }) {
  return h(
    'section',
    { class: 'sheet' },
    source && h('h2', {}, label, h('small', {}, texts.articles(articles.length))),
    source && h('p', { class: 'source' }, source),
    articleLinks(articles, ''),
  );
}

/**
 * A list of articles; a query goes along, so that its hits are marked there too.
 * @param {readonly import('./jisou.js').PageSummary[]} articles
 * @param {string} query
 */
export function articleLinks(articles, query) {
  const links = articles.map(({ url, title }) => {
    const href = hrefOf({ query, place: { url, anchor: '' } });
    return h('li', {}, h('a', { href, 'data-inside': 'same-query' }, title));
  });
  return h('ul', { class: 'articles' }, ...links);
}
