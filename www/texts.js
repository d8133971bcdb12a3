/** Every sentence that the page shows, in one place. Values that come from the index are put in as plain text. */

/** @type {Record<string, string>} */
const FAILURES = {
  'no-wasm':
    '搜索需要 WebAssembly,而这个浏览器或本站的安全策略不允许它运行。请换用较新的浏览器；如果您管理本站，请在内容安全策略的 script-src 中加上 ‘wasm-unsafe-eval’。',
  'load-failed': '搜索模块没有载入。请检查网络连接，然后再试一次；您输入的文字会保留。',
};
const DAMAGED = '索引已损坏，或与程序的版本不一致。请再试一次；如果仍然如此，请重新部署本站的全部文件。';
const UNKNOWN = '搜索出了意外。请再试一次；如果仍然如此，请刷新页面。';
const DAMAGE = ['wrong-magic', 'wrong-version', 'wrong-length', 'checksum', 'corrupt', 'missing-section', 'wrong-piece'];

export const texts = {
  site: '即搜 · 报页全文检索',
  /** @param {string} subject */
  windowTitle: (subject) => `${subject} · 即搜`,
  resultsLabel: '搜索结果',
  loading: '正在打开索引……',
  failureTitle: '暂时不能搜索',
  /** @param {string} code */
  failure: (code) => FAILURES[code] ?? (DAMAGE.includes(code) ? DAMAGED : UNKNOWN),
  retry: '再试一次',

  samplesTitle: '试着搜一搜',
  contentsTitle: '报页目录',
  untitled: '（无题）',
  /** @param {string} text */
  beginning: (text) => `「${text}」`,
  /** @param {number} number */
  sheet: (number) => `第 ${number} 页`,
  /** @param {number} count */
  articles: (count) => `${count} 篇`,
  /** @param {import('./jisou.js').IndexInfo} info @param {number} opened */
  figures: (info, opened) => [
    `${info.pages} 篇文章`,
    info.characters < 10_000 ? `${info.characters} 字` : `${(info.characters / 10_000).toFixed(1)} 万字`,
    `索引 ${Math.round(info.bytes / 1000)} kB`,
    `载入用时 ${Math.max(1, Math.round(opened))} 毫秒`,
  ],

  /** @param {number} total */
  count: (total) => `找到 ${total} 篇`,
  /** @param {number} took */
  took: (took) => (took < 0.1 ? '不到 0.1 毫秒' : `${took.toFixed(1)} 毫秒`),
  /** @param {string} query */
  some: (query) => `没有同时包含“${query}”各词的文章，以下包含其中一部分。`,
  /** @param {string} query @param {string} other @returns {[string, string, string]} the middle one is set off */
  applied: (query, other) => [`没有找到“${query}”，以下是“`, other, '”的结果。'],
  /** @param {string} query @param {string} other @returns {[string, string, string]} */
  accidental: (query, other) => [`字面上含有“${query}”的排在最前，其后是“`, other, '”的结果。'],
  alternatives: '也可能是：',
  /** @param {string} query */
  literally: (query) => `仍然搜索“${query}”`,
  offered: '您是不是要找：',
  completionsLabel: '输入建议',
  /** @param {number} count */
  completionsSpoken: (count) => `${count} 条输入建议`,
  /** @param {string[]} titles */
  duplicates: (titles) => `同文另见：${titles.map((title) => (title.startsWith('「') ? title : `《${title}》`)).join('')}`,
  /** @param {number} count */
  more: (count) => `再显示 ${count} 篇`,

  /** @param {string} query */
  nothingTitle: (query) => `没有找到“${query}”`,
  nothing: '可以少写几个字，换一个说法，或者试试下面这些词。',
  nothingSpoken: '没有找到',

  missingTitle: '没有这篇文章',
  missing: '这个链接指向的文章不在索引里。',
  backHome: '回到目录',
  backToResults: '返回结果',
  previousMark: '上一处',
  nextMark: '下一处',
  neighbours: '同一报页的文章',
  /** @param {string} query */
  marksOf: (query) => `“${query}”在文中的位置`,
  /** @param {number} current @param {number} all */
  mark: (current, all) => `${current} / ${all}`,
};

/** Words worth trying on the seed pages; the page offers those that its index really answers. */
export const SAMPLE_QUERIES = ['命运共同体', '上海精神', '钱凯港', '一带一路', '无废城市', '城市观察员', '快递小哥', 'APEC'];

/**
 * A query short enough to stand in a sentence, which puts it in quotation marks of its own.
 * @param {string} query
 */
export function brief(query) {
  const characters = Array.from(query.trim().slice(0, 60).replace(/^"([^"]+)"$/, '$1'));
  return characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : characters.join('');
}
