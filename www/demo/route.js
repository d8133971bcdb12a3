/** The address of an article: `#` with its own address and, after `@`, the section of it. The box sees to `?q=`. */

/**
 * An article, and the section of it to go to (its anchor; empty for the first hit).
 * @typedef {{ url: string, anchor: string }} Place
 */

/** Longer queries would make addresses that chat programs cut; they go without. */
const LONGEST = 500;

/**
 * The address of a query and an article, relative to the page.
 * @param {string} query
 * @param {Place | null} place
 */
export function hrefOf(query, place) {
  const search = query && query.length <= LONGEST ? `?${new URLSearchParams({ q: query })}` : '';
  if (!place) return `./${search}`;
  const url = encodeURIComponent(place.url).replaceAll('%2F', '/');
  return `./${search}#${url}${place.anchor && `@${encodeURIComponent(place.anchor)}`}`;
}

/**
 * @param {string} hash
 * @returns {Place | null}
 */
export function placeOf(hash) {
  const [url = '', anchor = ''] = hash.slice(1).split('@').map(decoded);
  return url ? { url, anchor } : null;
}

/**
 * @param {string} text
 */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
