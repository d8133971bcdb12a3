/**
 * Earlier queries, kept in this browser and nowhere else. Where storage is denied there are none, and nothing else
 * changes.
 */

const KEY = 'jisou-history';
const MOST = 8;
/** Longer queries are pastes; nobody looks for them again. */
const LONGEST = 100;

/** @returns {string[]} newest first */
export function readHistory() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((query) => typeof query === 'string' && query !== '').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/**
 * @param {string} query
 * @returns {string[]} the new history
 */
export function remember(query) {
  const text = query.trim();
  if (text === '' || text.length > LONGEST) return readHistory();
  return write([text, ...readHistory().filter((other) => other !== text)].slice(0, MOST));
}

/**
 * @param {string} query empty for all
 * @returns {string[]} the new history
 */
export function forget(query) {
  return write(query === '' ? [] : readHistory().filter((other) => other !== query));
}

/** @param {string[]} history */
function write(history) {
  try {
    if (history.length > 0) localStorage.setItem(KEY, JSON.stringify(history));
    else localStorage.removeItem(KEY);
  } catch {
    // Denied or full: the query is found again by typing it.
  }
  return history;
}
