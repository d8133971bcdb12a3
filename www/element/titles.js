/**
 * Some pages have no title, a continuation from another page of a newspaper for instance. Lists name them by how they begin.
 */
import { fill } from './texts.js';

/** How much of the beginning stands for a title. */
const LENGTH = 20;
/** A shorter paragraph is a notice like “continued from page 1” rather than a beginning. */
const SHORT = 10;

/**
 * The title of a page, or what stands for it.
 * @param {import('./texts.js').Texts} texts
 * @param {import('../jisou.js').Page} page
 */
export function titleOf(texts, { title, blocks }) {
  if (title) return title;
  const lines = blocks.map(({ text }) => Array.from(text.trim()));
  const line = lines.find(({ length }) => length > SHORT) ?? lines.find(({ length }) => length > 0);
  if (!line) return texts.untitled;
  const start = line.slice(0, LENGTH).join('').replace(/[\p{P}\s]+$/u, '');
  return fill(texts.beginning, { text: line.length > LENGTH ? `${start}…` : start });
}
