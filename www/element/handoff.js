/**
 * What a box leaves for the page that a hit opens: the strings to mark there. It goes through the browser's own storage
 * under one key, names the page it is meant for, and is good for a minute; so the address of the page stays as it is,
 * nothing reaches a server, and it works in a new tab too. Where storage is denied the page opens without marks.
 */

/** @typedef {{ url: string, terms: string[], at: number }} Handoff */

const KEY = 'jisou-mark';
/** In milliseconds. */
const GOOD_FOR = 60_000;
const MOST_TERMS = 32;

/**
 * @param {string} href the page to be opened
 * @param {readonly string[]} terms
 */
export function leaveMarks(href, terms) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ url: pageOf(href), terms: terms.slice(0, MOST_TERMS), at: Date.now() }));
  } catch {
    // The page opens without marks.
  }
}

/**
 * What was left for the page that is open. It stays with the page's entry in the history, so that a reload and the way
 * back find it again.
 * @returns {string[]} empty without anything
 */
export function takeMarks() {
  try {
    const { url, terms: left, at } = stored();
    if (url === pageOf(location.href)) {
      localStorage.removeItem(KEY);
      if (Date.now() - at < GOOD_FOR) history.replaceState({ ...history.state, [KEY]: left }, '');
    }
    const terms = history.state?.[KEY];
    return Array.isArray(terms) ? terms.filter((term) => typeof term === 'string') : [];
  } catch {
    return [];
  }
}

/** Forgets what {@link takeMarks} found. */
export function dropMarks() {
  const { [KEY]: _, ...rest } = history.state ?? {};
  history.replaceState(rest, '');
}

/** Whether something was left for the page that is open. */
export function hasMarks() {
  try {
    return history.state?.[KEY] !== undefined || stored().url === pageOf(location.href);
  } catch {
    return false;
  }
}

/** @returns {Handoff} */
function stored() {
  return JSON.parse(localStorage.getItem(KEY) ?? '{}');
}

/** @param {string} href */
function pageOf(href) {
  return href.replace(/#.*/s, '');
}

/**
 * The strings that an answer marks on the page of a hit: those of the hit itself and, since an excerpt need not hold all
 * words of a query, those of other hits that answer as well.
 * @param {import('./state.js').Answer} answer
 * @param {import('./state.js').Hit} hit
 * @returns {string[]} longest first
 */
export function termsOf({ hits }, hit) {
  const alike = hit.tier === 'exact' ? [hit] : [hit, ...hits.filter(({ tier }) => tier === hit.tier)];
  const terms = alike.flatMap(({ title, titleMarks, sections }) => [
    ...cut(title, titleMarks),
    ...sections.flatMap(({ heading, headingMarks, excerpt, marks }) => [...cut(heading, headingMarks), ...cut(excerpt, marks)]),
  ]);
  return [...new Set(terms)].sort((a, b) => b.length - a.length);
}

/**
 * @param {string} text
 * @param {readonly import('../jisou.js').Mark[]} marks
 */
function cut(text, marks) {
  return marks.map(([start, end]) => text.slice(start, end));
}
