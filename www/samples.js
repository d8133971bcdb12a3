import { SAMPLE_QUERIES } from './texts.js';

const ENOUGH = 8;

/**
 * Queries to suggest: the prepared ones that this index answers to the letter, filled up with phrases of its own
 * titles, so that a page over other texts suggests words of those.
 * @param {import('./jisou.js').Index} index
 * @param {readonly import('./jisou.js').PageSummary[]} pages
 * @returns {Promise<string[]>}
 */
export async function pickSamples(index, pages) {
  const phrases = pages.flatMap(({ title }) => title.match(/\p{Script=Han}{4,8}/gu) ?? []);
  /** @type {string[]} */
  const samples = [];
  for (const query of new Set([...SAMPLE_QUERIES, ...phrases])) {
    if (samples.length === ENOUGH) break;
    const { tier } = await index.search(query, { limit: 1, prefix: false });
    if (tier === 'exact') samples.push(query);
  }
  return samples;
}
