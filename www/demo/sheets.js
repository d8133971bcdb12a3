/** The newspaper pages that the articles were cut from, as far as the index tells: `meta.source` names the file. */

/** @typedef {import('../jisou.js').PageSummary} PageSummary */
/** @typedef {{ source: string, label: string, articles: PageSummary[] }} Sheet */

/**
 * @param {readonly PageSummary[]} pages
 * @returns {Sheet[]} in the order in which their first articles come
 */
export function sheetsOf(pages) {
  /** @type {Map<string, Sheet>} */
  const sheets = new Map();
  for (const page of pages) {
    const source = page.meta.source ?? '';
    const sheet = sheets.get(source) ?? { source, label: `第 ${sheets.size + 1} 页`, articles: [] };
    sheets.set(source, sheet);
    sheet.articles.push(page);
  }
  return [...sheets.values()];
}

/**
 * Where a page comes from, in one line; empty if the index does not say.
 * @param {readonly Sheet[]} sheets
 * @param {{ meta: Record<string, string> }} page
 */
export function sourceLine(sheets, { meta }) {
  const sheet = sheets.find(({ source }) => source === meta.source);
  return sheet?.source ? `${sheet.label} · ${sheet.source}` : '';
}
