/**
 * The address: `?q=` holds the query, `#` the article and, after `@`, the section of it.
 *
 * A change of screen is a step in the history; other words on the same screen are not, and they are written after a
 * pause, since browsers ration how often an address may change.
 */

/** @typedef {import('./state.js').Place} Place */
/** @typedef {{ query: string, place: Place | null }} Route */

const PAUSE = 300;

/** Longer queries are kept in the history entry only: servers and chat programs cut long addresses. */
const LONGEST_IN_ADDRESS = 500;

/**
 * The address of a route, relative to the page.
 * @param {Route} route
 */
export function hrefOf({ query, place }) {
  const search = query && query.length <= LONGEST_IN_ADDRESS ? `?${new URLSearchParams({ q: query })}` : '';
  if (!place) return `./${search}`;
  const url = encodeURIComponent(place.url).replaceAll('%2F', '/');
  return `./${search}#${url}${place.anchor && `@${encodeURIComponent(place.anchor)}`}`;
}

/**
 * @param {{ search: string, hash: string }} address
 * @returns {Route}
 */
export function routeOf({ search, hash }) {
  const query = new URLSearchParams(search).get('q') ?? '';
  const [url = '', anchor = ''] = hash.slice(1).split('@').map(decoded);
  return { query, place: url ? { url, anchor } : null };
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

/** Keeps the window's address and history in step with the route. */
export class Router {
  /** @type {Route} */
  #route;
  #pause = 0;

  /**
   * @param {Window} window
   * @param {(route: Route, scroll: number) => void} went the reader moved through the history, or changed the address
   */
  constructor(window, went) {
    this.window = window;
    // The page restores the position itself: the browser would do it before the results are there again.
    window.history.scrollRestoration = 'manual';
    this.#route = this.#current();
    window.addEventListener('popstate', () => {
      this.#cancel();
      this.#route = this.#current();
      went(this.#route, window.history.state?.scroll ?? 0);
    });
    window.addEventListener('pagehide', () => this.#flush());
  }

  /** The route that the address now stands for. */
  get route() {
    return this.#route;
  }

  /**
   * @param {Route} route
   */
  show(route) {
    const before = this.#route;
    if (route.query === before.query && hrefOf(route) === hrefOf(before)) return;
    this.#route = route;
    if (screenOf(route) === screenOf(before)) {
      clearTimeout(this.#pause);
      this.#pause = this.window.setTimeout(() => this.#flush(), PAUSE);
    } else {
      this.#cancel();
      this.#replace(before, this.window.scrollY);
      this.window.history.pushState({ query: route.query, inside: true }, '', hrefOf(route));
    }
  }

  /**
   * One step back, if the entry before this one is of this page.
   * @returns {boolean} false if it is not, and nothing was done
   */
  back() {
    if (!this.window.history.state?.inside) return false;
    this.window.history.back();
    return true;
  }

  /** @returns {Route} */
  #current() {
    const route = routeOf(this.window.location);
    return { ...route, query: this.window.history.state?.query ?? route.query };
  }

  /**
   * @param {Route} route
   * @param {number} [scroll]
   */
  #replace(route, scroll = 0) {
    const { history } = this.window;
    history.replaceState({ ...history.state, query: route.query, scroll }, '', hrefOf(route));
  }

  #flush() {
    if (this.#pause) this.#replace(this.#route);
    this.#cancel();
  }

  #cancel() {
    clearTimeout(this.#pause);
    this.#pause = 0;
  }
}

/**
 * @param {Route} route
 */
function screenOf({ query, place }) {
  return place ? `#${place.url}` : query.trim() ? 'results' : 'contents';
}
