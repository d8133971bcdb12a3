/** An article for reading: the text as it was set, the query's hits marked, and a bar that walks through them. */
import { articleLinks } from './contents.js';
import { h, marked } from './dom.js';
import { hrefOf } from './route.js';
import { sheetsOf, sourceLine } from './sheets.js';
import { brief, texts } from './texts.js';
import { titleOf } from './titles.js';

/**
 * @typedef {import('./jisou.js').Page} Page
 * @typedef {import('./jisou.js').PageBlock} PageBlock
 */

/**
 * The number of the hit to show first: the first one of the page, or of the section that was asked for.
 * @param {Page} page
 * @param {string} anchor
 * @returns {number} -1 without hits there
 */
export function firstMark(page, anchor) {
  const at = anchor ? page.blocks.findIndex((block) => block.anchor === anchor) : -1;
  if (at < 0) return countMarks(page) > 0 ? 0 : -1;
  const before = page.titleMarks.length + sum(page.blocks.slice(0, at));
  return before < countMarks(page) ? before : -1;
}

/** @param {Page} page */
export function countMarks(page) {
  return page.titleMarks.length + sum(page.blocks);
}

/** @param {readonly PageBlock[]} blocks */
function sum(blocks) {
  return blocks.reduce((count, block) => count + block.marks.length, 0);
}

/**
 * @param {import('./state.js').State} state
 * @returns {import('./dom.js').Child[]}
 */
export function reader({ article, pages, query }) {
  if (!article || article === 'missing') return [];
  const sheets = sheetsOf(pages);
  const neighbours = sheets.find(({ source }) => source === article.meta.source)?.articles ?? [];
  const others = neighbours.filter(({ id }) => id !== article.id);
  const title = titleOf(pages, article);
  const back = query.trim() ? texts.backToResults : texts.backHome;
  return [
    h(
      'div',
      { class: 'reader-bar' },
      h('a', { class: 'back', href: hrefOf({ query, place: null }), 'data-back': true }, back),
      h('span', { class: 'running-title', 'aria-hidden': 'true' }, title),
      countMarks(article) > 0 && steps(query),
    ),
    h(
      'article',
      {},
      h('p', { class: 'source' }, sourceLine(sheets, article)),
      // Takes the focus when the article opens, so that reading aloud and Tab start here.
      h('h1', { tabindex: -1 }, marked(title, article.titleMarks)),
      article.blocks.map(block),
    ),
    others.length > 0 && h('nav', { class: 'neighbours' }, h('h2', {}, texts.neighbours), articleLinks(others, query)),
  ];
}

/** @param {string} query */
function steps(query) {
  return h(
    'div',
    { class: 'steps', role: 'group', 'aria-label': texts.marksOf(brief(query)) },
    h('button', { type: 'button', 'data-step': -1, 'aria-label': texts.previousMark, title: texts.previousMark }, '↑'),
    h('span', { class: 'position', 'aria-live': 'polite' }),
    h('button', { type: 'button', 'data-step': 1, 'aria-label': texts.nextMark, title: texts.nextMark }, '↓'),
  );
}

/** @param {PageBlock} block */
function block({ kind, level, anchor, text, marks }) {
  const content = marked(text, marks);
  if (kind !== 'heading') return h('p', { class: kind }, content);
  const name = /** @type {'h2'} */ (`h${Math.min(Math.max(level, 2), 6)}`);
  return h(name, { 'data-anchor': anchor }, content);
}
