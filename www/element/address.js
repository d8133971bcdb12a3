/**
 * The query in the address, as `?q=`.
 *
 * The first letter is a step in the history; other letters are not, and they are written after a pause, since browsers
 * ration how often an address may change. Longer queries are kept in the history entry only: servers and chat programs
 * cut long addresses.
 */
import { on } from './dom.js';

/** In milliseconds. */
const PAUSE = 300;
const LONGEST_IN_ADDRESS = 500;

/** Which parameters are taken by a box of this page. @type {Set<string>} */
const taken = new Set();

/**
 * @typedef {object} Address
 * @property {string} query what the address says now
 * @property {(query: string) => void} show
 * @property {() => void} flush writes at once what is still to be written
 */

/**
 * Follows a parameter of the address until the signal, and writes to it.
 * @param {string} name of the parameter
 * @param {(query: string) => void} went the reader moved through the history
 * @param {AbortSignal} signal
 * @returns {Address | null} null if another box of the page has it
 */
export function followAddress(name, went, signal) {
  if (taken.has(name)) return null;
  taken.add(name);
  const key = `jisou:${name}`;
  const read = () => String(history.state?.[key] ?? new URLSearchParams(location.search).get(name) ?? '');
  let shown = read();
  let pause = 0;

  const flush = () => {
    if (pause) write('replaceState');
    clearTimeout(pause);
    pause = 0;
  };
  /** @param {'pushState' | 'replaceState'} how */
  const write = (how) => {
    const url = new URL(location.href);
    if (shown && shown.length <= LONGEST_IN_ADDRESS) url.searchParams.set(name, shown);
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
    query: shown,
    flush,
    show(query) {
      if (query === shown) return;
      shown = query;
      // An entry that a box has written before is used again, so that clearing and typing anew leaves no trail of steps.
      if (history.state?.[key] === undefined && !new URLSearchParams(location.search).has(name)) return write('pushState');
      clearTimeout(pause);
      pause = setTimeout(flush, PAUSE);
    },
  };
}
