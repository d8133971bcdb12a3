/**
 * What goes into an index and comes out of it: queries that are strings, addresses that lead from here.
 */
import { JisouError } from './errors.js';
import { PLACE } from './place.js';

/** The root of the site, if addresses are meant from there; on this origin only its path. */
const ROOT = PLACE.root ? new URL(PLACE.root, import.meta.url) : undefined;

/**
 * Gives a page the address that leads to it from here.
 * @template {{ url: string, meta: Record<string, string> }} P
 * @param {P} page
 * @returns {P}
 */
export function place(page) {
  if (ROOT) {
    page.url = fromRoot(page.url.replace(/^\/(?!\/)/, './'), ROOT);
    if (page.meta.image) page.meta.image = fromRoot(page.meta.image, ROOT);
  }
  return page;
}

/**
 * @param {string} link
 * @param {URL} root
 */
function fromRoot(link, root) {
  const base = link === '' ? root : URL.canParse(link, root) ? new URL(link, root) : undefined;
  if (!base) return link;
  return base.origin === globalThis.location?.origin ? base.pathname + base.search + base.hash : base.href;
}

/**
 * The module would read the length of whatever it is given; only a string has one that means something.
 * @param {unknown} query
 */
export function string(query) {
  if (typeof query === 'string') return query;
  throw new JisouError('bad-option', `The query must be a string, not ${typeof query}.`);
}
