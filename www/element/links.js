/** Where the lines of the list lead, and what says so under their titles. */
import { safeUrl } from './dom.js';

/** @typedef {import('./state.js').Hit} Hit */

/**
 * @param {string} base what addresses of the index are relative to
 * @param {((hit: Hit, anchor: string, query: string) => string) | null} linkTo a page's own way to make addresses
 * @returns {import('./view.js').Looks['hrefOf']} empty for an address that must not be followed
 */
export function hrefBy(base, linkTo) {
  return ({ kind, hit, section, copy }, names, query) => {
    const url = kind === 'copy' ? (names[copy ?? -1]?.url ?? '') : hit.url;
    const anchor = kind === 'section' ? (section?.anchor ?? '') : '';
    if (linkTo) return safeUrl(linkTo({ ...hit, url }, anchor, query), document.baseURI);
    return safeUrl(anchor ? `${url}#${encodeURIComponent(anchor)}` : url, base);
  };
}

/**
 * The folders of a page's address, and its date.
 * @param {Hit} hit
 */
export function trailOf({ url, meta }) {
  const path = url.replace(/^[a-z]+:\/\/[^/]*|[?#].*$/gi, '').replace(/(index)?\.html?$|\/$/g, '');
  return [path.split('/').filter(Boolean).map(decoded).join(' › '), meta.date].filter(Boolean).join(' · ');
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
