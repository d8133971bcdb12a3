/** The front page: what is in here, what it weighs, and what to try. */
import { h } from '../element/dom.js';
import { hrefOf } from './route.js';
import { sheetsOf } from './sheets.js';

/**
 * @typedef {import('../jisou.js').PageSummary} PageSummary
 *
 * @typedef {object} Site
 * @property {readonly PageSummary[]} pages each with a title, its own or another name
 * @property {import('../jisou.js').IndexInfo} info
 * @property {number} opened milliseconds from asking for the index to having it
 */

/** @param {Site} site */
export function contents({ pages, info, opened }) {
  return [
    h('p', 'figures', {}, ...figures(info, opened).map((figure) => h('span', '', {}, figure))),
    h('div', 'samples', {}),
    h('h2', 'rule-title', {}, '报页目录'),
    h('div', 'sheets', {}, ...sheetsOf(pages).map(sheet)),
  ];
}

/**
 * What was measured in this browser, just now.
 * @param {import('../jisou.js').IndexInfo} info
 * @param {number} opened
 */
function figures({ pages, characters, bytes }, opened) {
  const received = performance
    .getEntries()
    .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0);
  return [
    `${pages} 篇文章`,
    characters < 10_000 ? `${characters} 字` : `${(characters / 10_000).toFixed(1)} 万字`,
    `索引 ${Math.round(bytes / 1000)} kB`,
    received > 0 && `本页共收到 ${Math.round(received / 1000)} kB`,
    `打开索引 ${Math.max(1, Math.round(opened))} 毫秒`,
  ].filter((figure) => figure !== false);
}

/**
 * Queries to try, as links.
 * @param {readonly string[]} queries
 */
export function samples(queries) {
  const links = queries.map((query) => h('li', '', {}, h('a', '', { href: hrefOf(query, null) }, query)));
  return links.length > 0 && h('section', 'samples', {}, h('h2', '', {}, '试着搜一搜'), h('ul', '', {}, ...links));
}

/** @param {import('./sheets.js').Sheet} sheet */
function sheet({ source, label, articles }) {
  return h(
    'section',
    'sheet',
    {},
    source && h('h3', '', {}, label, h('small', '', {}, `${articles.length} 篇`)),
    source && h('p', 'source', {}, source),
    articleLinks(articles, ''),
  );
}

/**
 * A list of articles; a query goes along, so that its hits are marked there too.
 * @param {readonly PageSummary[]} articles
 * @param {string} query
 */
export function articleLinks(articles, query) {
  const links = articles.map(({ url, title }) => h('li', '', {}, h('a', '', { href: hrefOf(query, { url, anchor: '' }) }, title)));
  return h('ul', 'articles', {}, ...links);
}
