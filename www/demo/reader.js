/** An article for reading: the text as it was set, and where the query stands in it. */
import { h } from '../element/dom.js';
import { articleLinks } from './contents.js';
import { hrefOf } from './route.js';
import { sheetsOf, sourceLine } from './sheets.js';

/**
 * @typedef {import('../jisou.js').Page} Page
 * @typedef {import('../jisou.js').PageSummary} PageSummary
 * @typedef {{ element: Element, marks: readonly import('../jisou.js').Mark[] }} Hits of an element with one text node
 */

/**
 * @param {Page} page
 * @param {readonly PageSummary[]} pages each with a title
 * @param {string} query
 * @returns {{ nodes: import('../element/dom.js').Child[], hits: Hits[] }} what to show, and what to mark in it, in order
 */
export function reader(page, pages, query) {
  const sheets = sheetsOf(pages);
  const neighbours = sheets.find(({ source }) => source === page.meta.source)?.articles ?? [];
  const others = neighbours.filter(({ id }) => id !== page.id);
  const title = pages.find(({ id }) => id === page.id)?.title ?? page.title;
  /** @type {Hits[]} */
  const hits = [];
  /** @param {Element} element @param {Hits['marks']} marks */
  const collect = (element, marks) => {
    hits.push({ element, marks });
    return element;
  };
  // Takes the focus when the article opens, so that reading aloud and Tab start here.
  const headline = collect(h('h1', '', { tabindex: -1 }, title), page.title ? page.titleMarks : []);
  const article = h('article', '', {}, h('p', 'source', {}, sourceLine(sheets, page)), headline);
  for (const block of page.blocks) article.append(collect(element(block), block.marks));
  const back = h('a', 'back', { href: hrefOf(query, null), 'data-back': true }, query.trim() ? '返回结果' : '回到目录');
  const nodes = [
    h('div', 'reader-bar', {}, back, h('span', 'running-title', { 'aria-hidden': 'true' }, title)),
    article,
    others.length > 0 && h('nav', 'neighbours', { 'aria-label': '同一报页的文章' }, h('h2', '', {}, '同一报页的文章'), articleLinks(others, query)),
  ];
  return { nodes, hits };
}

/**
 * Hits as ranges, once their elements are in the document: ranges do not survive being put there.
 * @param {readonly Hits[]} hits
 */
export function rangesOf(hits) {
  return hits.flatMap(({ element, marks }) =>
    marks.map(([start, end]) => {
      const range = new Range();
      range.setStart(/** @type {Text} */ (element.firstChild), start);
      range.setEnd(/** @type {Text} */ (element.firstChild), end);
      return range;
    }),
  );
}

/** @param {import('../jisou.js').PageBlock} block */
function element({ kind, level, anchor, text }) {
  if (kind !== 'heading') return h('p', kind, {}, text);
  const name = /** @type {'h2'} */ (`h${Math.min(Math.max(level, 2), 6)}`);
  return h(name, '', { 'data-anchor': anchor }, text);
}

/** What is shown in place of an article that the index does not have. */
export function missing() {
  return [
    h(
      'div',
      'message',
      {},
      h('h1', '', { tabindex: -1 }, '没有这篇文章'),
      h('p', '', {}, '这个链接指向的文章不在索引里。'),
      h('p', '', {}, h('a', '', { href: hrefOf('', null) }, '回到目录')),
    ),
  ];
}
