/** Small sites around the box: pages under the strictest policy, an index that can be filtered, one that means harm. */

/** The policy that the box is promised to run under. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

/**
 * Serves pages of a site from the address of dist/.
 * @param {import('playwright-core').Page | import('playwright-core').BrowserContext} where
 * @param {string} url of dist/
 * @param {Record<string, string>} pages their bodies by their names
 * @param {{ lang?: string, policy?: string, head?: string }} [options]
 */
export async function site(where, url, pages, { lang = 'zh-CN', policy = POLICY, head = BOX } = {}) {
  for (const [name, body] of Object.entries(pages)) {
    const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title>${head}<body>${body}`;
    await where.route(
      (address) => address.href.split(/[?#]/)[0] === url + name,
      (route) => route.fulfill({ body: html, contentType: 'text/html;charset=utf-8', headers: policy ? { 'content-security-policy': policy } : {} }),
    );
  }
}

/** The one line that a site needs besides the element. */
export const BOX = '<script type="module" src="./jisou-search.js"></script>';

/**
 * Replaces the API by one whose source is given; the real one is there as `./jisou.js?real`.
 * @param {import('playwright-core').Page | import('playwright-core').BrowserContext} where
 * @param {string} source
 */
export function replaceApi(where, source) {
  return where.route('**/jisou.js', (route) => route.fulfill({ body: source, contentType: 'text/javascript' }));
}

/** The real index with filters and sorts, made of what its pages hold. */
export const FILTERED = `
import { open as real } from './jisou.js?real';
const COLUMNS = ['要闻', '国际', '地方', '评论'];
const fields = ({ id, meta }) => ({ 栏目: COLUMNS[id % 4], 报页: meta.source.slice(0, 3) });
const countBy = (pages) => ['栏目', '报页'].map((name) => {
  const counts = new Map();
  for (const page of pages) counts.set(fields(page)[name], (counts.get(fields(page)[name]) ?? 0) + 1);
  return { name, values: [...counts].map(([value, count]) => ({ value, count })) };
});
export async function open() {
  const index = await real();
  const pages = await index.pages();
  index.filters = async () => countBy(pages);
  index.sorts = async () => [{ name: 'date', type: 'date' }];
  const search = index.search.bind(index);
  index.search = async (query, { filters = {}, sort, limit, ...options }) => {
    const answer = await search(query, { ...options, limit: Infinity });
    const kept = answer.hits.filter((hit) => Object.entries(filters).every(([name, { any }]) => any.includes(fields(hit)[name])));
    if (sort) kept.sort((a, b) => (sort.date === 'asc' ? a.id - b.id : b.id - a.id));
    return { ...answer, hits: kept.slice(0, limit), total: kept.length, tier: kept[0]?.tier ?? null, facets: countBy(answer.hits) };
  };
  return index;
}`;

/** Markup, script ends, direction controls, characters beyond 16 bits, and a word that fits no line. */
const WORST = `<img src=x onerror="window.harmed=1"></script><script>window.harmed=1</script>\u202e\u2066𠀀😀&lt;${'长'.repeat(10_000)}`;

/** An index in which everything is as bad as it can be; the hit of each text is its second half of astral characters. */
export const HOSTILE = `
const worst = ${JSON.stringify(WORST)};
const at = worst.indexOf('𠀀😀');
const marks = [[at, at + 4]];
const section = { anchor: '"><b>', heading: worst, headingMarks: marks, excerpt: worst, marks };
const hit = (id, url) => ({ id, url, title: worst, titleMarks: marks, tier: 'exact', score: 1, sections: [section], duplicates: [9],
  meta: { image: 'javascript:window.harmed=1', date: worst }, places: [0, 0.5, 1] });
export const open = async () => ({
  search: async (query) => ({ query, total: 3, tier: 'exact', took: 0,
    hits: [hit(0, 'javascript:window.harmed=1'), hit(1, 'data:text/html,<script>window.harmed=1</script>'), hit(2, 'fine/page')],
    suggestion: { query: worst, kind: 'typo', applied: false, alternatives: [worst + '!'] }, facets: [{ name: worst, values: [{ value: worst, count: 3 }] }] }),
  suggest: async () => [{ text: worst, kind: 'word' }],
  filters: async () => [{ name: worst, values: [{ value: worst, count: 3 }] }],
  sorts: async () => [{ name: worst, type: 'text' }],
  page: async (id) => ({ ...hit(id, ' javascript:window.harmed=1'), blocks: [] }),
  pages: async () => [],
  info: async () => ({ pages: 3, characters: 1, bytes: 1 }),
  close() {},
});`;
