/**
 * Some pages have no title, a continuation from another sheet for instance. Lists name them by how they begin.
 */
import { texts } from './texts.js';

/**
 * @typedef {import('./jisou.js').Index} Index
 * @typedef {import('./jisou.js').PageSummary} PageSummary
 */

/** Each of them is read once, when the page opens: on a site of many untitled pages that must not hold up the rest. */
const MOST_READ = 50;
/** How much of the beginning stands for a title. */
const LENGTH = 20;
/** A shorter paragraph is a notice like “continued from page 1” rather than a beginning. */
const SHORT = 10;

/**
 * The pages with a name in place of every missing title.
 * @param {Index} index
 * @param {readonly PageSummary[]} pages
 * @returns {Promise<PageSummary[]>}
 */
export function named(index, pages) {
  let left = MOST_READ;
  return Promise.all(
    pages.map(async (page) => {
      if (page.title) return page;
      return { ...page, title: left-- > 0 ? beginning((await index.page(page.id)).blocks) : texts.untitled };
    }),
  );
}

/**
 * @param {import('./jisou.js').PageBlock[]} blocks
 */
function beginning(blocks) {
  const lines = blocks.map(({ text }) => Array.from(text.trim()));
  const line = lines.find(({ length }) => length > SHORT) ?? lines.find(({ length }) => length > 0);
  if (!line) return texts.untitled;
  const start = line.slice(0, LENGTH).join('').replace(/[\p{P}\s]+$/u, '');
  return texts.beginning(line.length > LENGTH ? `${start}…` : start);
}

/**
 * The title of a page, or the name that stands for it.
 * @param {readonly PageSummary[]} pages as {@link named}
 * @param {{ id: number, title: string }} page
 */
export function titleOf(pages, { id, title }) {
  return title || (pages.find((page) => page.id === id)?.title ?? texts.untitled);
}
