/**
 * A service worker that keeps search working offline: it stores a bundle's engine, its index or root, and the pieces that are used.
 *
 * A worker controls only pages below its own address, so the site puts a file at its root, `/jisou-sw.js`, with one line,
 *
 * ```js
 * importScripts('/jisou/jisou-sw.js');
 * ```
 *
 * and its pages `navigator.serviceWorker.register('/jisou-sw.js')`. A site with a worker of its own puts the line into that one. Before the
 * line it may set `self.JISOU = { precache: ['/jisou/'], limit: 50_000_000 }`: bundles to store as a whole when the worker is
 * installed, and about how many bytes are kept (default 50 MB; the pieces stored first go first).
 *
 * Files with a hash in their names never change: once stored they are not asked for again. Scripts are asked for each time, and
 * the stored ones answer when the network does not. A new build takes the place of the old one only when its script, engine and root
 * are all stored; then what belongs to the old one is removed.
 */

/** @typedef {{ precache?: string[], limit?: number }} JisouSettings */
/** @typedef {{ request: Request, respondWith: (response: Promise<Response>) => void, waitUntil: (done: Promise<unknown>) => void }} FetchEvent */

(() => {
  const CACHE = 'jisou';
  const LIMIT = 50_000_000;
  /** The header that tells how many bytes a stored answer has. */
  const BYTES = 'x-jisou-bytes';
  /** The names of files that never change. */
  const HASHED = /\/(?:engine|meant|index|root|pieces)-[0-9a-f]{16}/;
  const SCRIPT = /\/jisou(?:-search|-mark|-meant)?\.js$/;
  const { JISOU: settings = {} } = /** @type {{ JISOU?: JisouSettings }} */ (/** @type {unknown} */ (self));

  /**
   * Fetches what is not stored, and stores it.
   * @param {string} url
   * @returns {Promise<Response>}
   */
  async function stored(url) {
    const cache = await caches.open(CACHE);
    const found = await cache.match(url);
    if (found) return found;
    const response = await fetch(url);
    if (!response.ok) return response;
    const answer = await measured(response);
    // A full disk keeps nothing from being answered.
    await cache.put(url, answer.clone()).then(() => keepWithin(cache, answer), () => {});
    return answer;
  }

  /**
   * A whole answer, with its length noted.
   * @param {Response} response
   */
  async function measured(response) {
    const body = await response.arrayBuffer();
    const headers = new Headers({ [BYTES]: String(body.byteLength) });
    const type = response.headers.get('content-type');
    if (type) headers.set('content-type', type);
    return new Response(body, { headers });
  }

  /** How many bytes are stored, once that was counted. @type {number | undefined} */
  let held;

  /**
   * Removes the pieces that were stored first, and the engine that was loaded for queries that find little, where that is more than the limit.
   * @param {Cache} cache
   * @param {Response} more what was stored just now
   */
  async function keepWithin(cache, more) {
    const limit = settings.limit ?? LIMIT;
    held = held === undefined ? undefined : held + sizeOf(more);
    if (held !== undefined && held <= limit) return;
    const requests = await cache.keys();
    const sizes = await Promise.all(requests.map(async (request) => sizeOf(await cache.match(request))));
    let left = sizes.reduce((sum, size) => sum + size, 0);
    for (const [at, request] of requests.entries()) {
      if (left <= limit) break;
      if (!/\/(?:pieces|meant)-/.test(request.url)) continue;
      await cache.delete(request);
      left -= sizes[at] ?? 0;
    }
    held = left;
  }

  /** @param {Response | undefined} response */
  function sizeOf(response) {
    return Number(response?.headers.get(BYTES) ?? 0);
  }

  /**
   * A script from the network, or the stored one. The script of the API names engine and index: it is stored behind them.
   * @param {Request} request
   * @param {(done: Promise<unknown>) => void} later
   * @returns {Promise<Response>}
   */
  async function script(request, later) {
    const url = request.url.split('?')[0] ?? request.url;
    const cache = await caches.open(CACHE);
    const response = await fetch(request).catch(() => undefined);
    if (!response?.ok) return (await cache.match(url)) ?? response ?? Response.error();
    later(renew(cache, url, response.clone()).catch(() => {}));
    return response;
  }

  /**
   * @param {Cache} cache
   * @param {string} url
   * @param {Response} response
   */
  async function renew(cache, url, response) {
    const answer = await measured(response);
    if (url.endsWith('/jisou.js')) {
      const named = (await answer.clone().text()).match(/(?:engine|meant|index|root|pieces)-[0-9a-f]{16}(?:\.\w+)?/g) ?? [];
      // The engine that is loaded where a query finds little is stored when it is.
      const first = named.filter((name) => name.includes('.') && !name.startsWith('meant'));
      const files = await Promise.all(first.map((name) => stored(new URL(name, url).href)));
      if (!files.every((file) => file.ok)) return;
      await cache.put(url, answer);
      await forgetOthers(cache, url, named);
      return;
    }
    await cache.put(url, answer);
  }

  /**
   * Removes what belongs to other builds of a bundle.
   * @param {Cache} cache
   * @param {string} url the bundle's script
   * @param {string[]} named what this build has
   */
  async function forgetOthers(cache, url, named) {
    const folder = new URL('./', url).href;
    for (const request of await cache.keys()) {
      const name = request.url.slice(folder.length).split('/')[0] ?? '';
      if (request.url.startsWith(folder) && HASHED.test(`/${name}`) && !named.includes(name)) await cache.delete(request);
    }
    held = undefined;
  }

  /**
   * Stores a bundle as a whole.
   * @param {string} folder
   */
  async function precache(folder) {
    const base = new URL(folder, self.location.href);
    const cache = await caches.open(CACHE);
    const api = new URL('jisou.js', base).href;
    await renew(cache, api, await fetch(api));
    await stored(new URL('jisou-search.js', base).href);
    const { meant, pieces, pieceCounts } = await (await fetch(new URL('jisou.json', base))).json();
    if (!pieces) return;
    for (const name of ['jisou-meant.js', meant]) await stored(new URL(name, base).href);
    const names = Object.entries(pieceCounts).flatMap(([family, count]) => Array.from({ length: count }, (_, at) => `${family}${at}.txt`));
    if (pieceCounts.f) names.push('facets.json');
    for (let at = 0; at < names.length; at += 8) {
      await Promise.all(names.slice(at, at + 8).map((name) => stored(new URL(`${pieces}/${name}`, base).href)));
    }
  }

  self.addEventListener('install', (happened) => {
    const event = /** @type {FetchEvent} */ (/** @type {unknown} */ (happened));
    event.waitUntil(Promise.all((settings.precache ?? []).map(precache)));
  });

  self.addEventListener('fetch', (happened) => {
    const event = /** @type {FetchEvent} */ (/** @type {unknown} */ (happened));
    const { origin, pathname } = new URL(event.request.url);
    if (event.request.method !== 'GET' || origin !== self.location.origin) return;
    if (HASHED.test(pathname)) event.respondWith(stored(event.request.url));
    else if (SCRIPT.test(pathname)) event.respondWith(script(event.request, (done) => event.waitUntil(done)));
  });
})();
