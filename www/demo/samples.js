/** Words worth trying on the pages in `corpus/`. */
const PREPARED = ['命运共同体', '上海精神', '钱凯港', '一带一路', '无废城市', '城市观察员', '快递小哥', 'APEC', 'gongtongti', '國際'];

const ENOUGH = 10;

/**
 * Queries to suggest: the prepared ones that this index answers, filled up with phrases of its own titles, so that a page
 * over other texts suggests words of those.
 * @param {import('../jisou.js').Index} index
 * @param {readonly import('../jisou.js').PageSummary[]} pages
 * @returns {Promise<string[]>}
 */
export async function pickSamples(index, pages) {
  const phrases = pages.flatMap(({ title }) => title.match(/\p{Script=Han}{4,8}/gu) ?? []);
  /** @type {string[]} */
  const samples = [];
  for (const query of new Set([...PREPARED, ...phrases])) {
    if (samples.length === ENOUGH) break;
    const { total } = await index.search(query, { limit: 0, prefix: false });
    if (total > 0) samples.push(query);
  }
  return samples;
}
