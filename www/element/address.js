/**
 * The query in the address, as `?q=`.
 *
 * The first letter is a step in the history; other letters are not, and they are written after a pause, since browsers
 * ration how often an address may change. Longer queries are kept in the history entry only: servers and chat programs
 * cut long addresses. So are the filters and the sort that were chosen: a link gives the query to others, and the way back
 * and a reload give the reader the list as it was.
 */
import { on } from './dom.js';

/** In milliseconds. */
const PAUSE = 300;
const LONGEST_IN_ADDRESS = 500;

/** Which parameters are taken by a box of this page. @type {Set<string>} */
const taken = new Set();

/**
 * What a box shows, as an entry of the history keeps it.
 * @typedef {import('./state.js').Refinement & { query: string }} Wish
 */

/**
 * @typedef {object} Address
 * @property {Wish} wish what the address says at first
 * @property {(query: string, refinement: import('./state.js').Refinement) => void} show
 * @property {() => void} flush writes at once what is still to be written
 */

/**
 * Follows a parameter of the address until the signal, and writes to it.
 * @param {string} name of the parameter
 * @param {(wish: Wish) => void} went the reader moved through the history
 * @param {AbortSignal} signal
 * @returns {Address | null} null if another box of the page has it
 */
export function followAddress(name, went, signal) {
  if (taken.has(name)) return null;
  taken.add(name);
  const key = `jisou:${name}`;
  const parameter = () => new URLSearchParams(location.search).get(name);
  /** @returns {Wish} */
  const read = () => ({ query: parameter() ?? '', chosen: {}, sort: '', ...history.state?.[key] });
  let shown = read();
  let pause = 0;

  const flush = () => {
    if (pause) write('replaceState');
    clearTimeout(pause);
    pause = 0;
  };
  /** @param {'pushState' | 'replaceState'} how */
  const write = (how) => {
    const { query } = shown;
    const url = new URL(location.href);
    if (query && query.length <= LONGEST_IN_ADDRESS) url.searchParams.set(name, query);
    else url.searchParams.delete(name);
    history[how]({ ...history.state, [key]: shown }, '', url);
  };
  on(window, 'popstate', signal, () => {
    clearTimeout(pause);
    pause = 0;
    shown = read();
    went(shown);
  });
  on(window, 'pagehide', signal, flush);
  signal.addEventListener('abort', () => {
    flush();
    taken.delete(name);
  });
  return {
    wish: shown,
    flush,
    show(query, { chosen, sort }) {
      if (query === shown.query && alike({ chosen, sort }, shown)) return;
      shown = { query, chosen, sort };
      // An entry that a box has written before is used again, so that clearing and typing anew leaves no trail of steps.
      if (history.state?.[key] === undefined && parameter() === null) return write('pushState');
      clearTimeout(pause);
      pause = setTimeout(flush, PAUSE);
    },
  };
}

/**
 * @param {import('./state.js').Refinement} a
 * @param {import('./state.js').Refinement} b
 */
export function alike(a, b) {
  return JSON.stringify([a.chosen, a.sort]) === JSON.stringify([b.chosen, b.sort]);
}
