/**
 * What happens between a box and its engine: actions change the state, changes of state become questions, and answers
 * become actions again. Nothing is loaded before something is wanted.
 */
import { beforeFrame } from '../turns.js';
import { completionsFor } from './meant.js';
import { MOST_COPIES, initial, isBlank, reduce, waits } from './state.js';
import { titleOf } from './titles.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Answer} Answer
 * @typedef {import('../jisou.js').Index} Index
 */

/**
 * @typedef {object} Surroundings
 * @property {() => Promise<Index>} open
 * @property {() => import('./texts.js').Texts} texts
 * @property {(state: State, before: State) => void} changed the state has changed
 * @property {(query: string, options: Record<string, unknown>) => boolean} asking a question is about to be asked; false
 *   if it must not be. The options may be changed
 * @property {(answer: Answer) => void} answered
 * @property {(index: Index) => void} ready
 * @property {(error: unknown) => void} failed
 */

/** A wait shorter than this is not worth a message; in milliseconds. */
const STALLED_AFTER = 300;
/** How many questions are worked on at a time. */
const LIVE = 2;

export class Session {
  state = initial;
  /** @type {Promise<Index> | undefined} */
  #opening;
  /** @type {Index | undefined} */
  #index;
  /** The task that will say that an answer is awaited; 0 while none is. */
  #waiting = 0;
  #stopped = false;
  /** What calls off the last questions. @type {AbortController[]} */
  #asked = [];

  /** @param {Surroundings} around */
  constructor(around) {
    this.around = around;
  }

  /** @param {import('./state.js').Action} action */
  dispatch(action) {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.#stopped || this.state === before) return;
    this.around.changed(this.state, before);
    this.#ask(before);
    this.#watch();
  }

  /**
   * The open index; loads it if that has not been done, again if it had failed.
   * @returns {Promise<Index>}
   */
  ready() {
    this.#opening ??= this.#load().catch((error) => {
      this.#opening = undefined;
      this.dispatch({ type: 'failed', code: codeOf(error) });
      this.around.failed(error);
      throw error;
    });
    return this.#opening;
  }

  /** Starts loading; what goes wrong is shown in the box. */
  wake() {
    if (this.state.engine !== 'failed') this.ready().catch(() => {});
  }

  /** Tries again after a failure. */
  retry() {
    this.#opening = undefined;
    this.ready().catch(() => {});
  }

  /** Gives the index back and reports nothing any more. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#waiting);
    this.#opening?.then((index) => index.close()).catch(() => {});
  }

  async #load() {
    this.dispatch({ type: 'loading' });
    const index = await this.around.open();
    const [facets, sorts] = await Promise.all([index.filters(), index.sorts()]);
    this.#index = index;
    this.dispatch({ type: 'loaded', facets, sorts });
    this.around.ready(index);
    return index;
  }

  /** Says so once an answer is awaited for long. */
  #watch() {
    if (waits(this.state)) this.#waiting ||= setTimeout(() => this.dispatch({ type: 'stalled' }), STALLED_AFTER);
    else {
      clearTimeout(this.#waiting);
      this.#waiting = 0;
    }
  }

  /**
   * Asks the engine for whatever the new state lacks.
   * @param {State} before
   */
  #ask(before) {
    const { engine, question } = this.state;
    if (question === before.question && engine === before.engine) return;
    if (isBlank(question.text)) return;
    if (engine === 'idle') this.wake();
    else if (engine === 'ready' && this.#index && question.number > this.state.answered) this.#search(this.#index, this.state);
  }

  /**
   * @param {Index} index
   * @param {State} state
   */
  async #search(index, { question, limit, chosen, sort, facets, sorts, filtering }) {
    /** @type {Record<string, unknown>} */
    const options = { limit, facets: filtering };
    // An entry of the history may be older than the index, and name what that has no more.
    const filters = Object.entries(chosen).filter(([name]) => facets.some((facet) => facet.name === name));
    if (filters.length > 0) options.filters = Object.fromEntries(filters.map(([name, any]) => [name, { any }]));
    const [field, direction] = sort.split(/ (?=\w+$)/);
    if (field && direction && sorts.some(({ name }) => name === field)) options.sort = { [field]: direction };
    if (!this.around.asking(question.text, options)) return this.dispatch({ type: 'dropped', number: question.number });
    const stop = new AbortController();
    try {
      await beforeFrame();
      // What was typed since is asked for by itself.
      if (question !== this.state.question && !this.state.question.tentative) return;
      // What the question before this one still fetches may serve this one as well; what those before it do comes too late.
      // What is still composed may be answered by what stands before it.
      if (!question.tentative && this.#asked.push(stop) > LIVE) this.#asked.shift()?.abort();
      /** @type {Answer} */
      const answer = await index.search(question.text, { ...options, signal: stop.signal });
      const [completions, names] = await Promise.all([completionsFor(index, answer), this.#names(index, answer)]);
      this.dispatch({ type: 'answered', number: question.number, reply: { answer, completions, names } });
      if (!this.#stopped && this.state.answered === question.number) this.around.answered(answer);
    } catch (error) {
      if (this.#stopped || stop.signal.aborted) return;
      this.#opening = undefined;
      index.close();
      this.dispatch({ type: 'failed', code: codeOf(error) });
      this.around.failed(error);
    }
  }

  /**
   * What hits without a title, and pages with the same passage, are called.
   * @param {Index} index
   * @param {Answer} answer
   */
  async #names(index, { hits }) {
    const wanted = hits.flatMap(({ id, title, duplicates }) => [...(title ? [] : [id]), ...duplicates.slice(0, MOST_COPIES)]);
    const pages = await Promise.all(wanted.map((id) => index.page(id)));
    return Object.fromEntries(pages.map((page) => [page.id, { url: page.url, title: titleOf(this.around.texts(), page) }]));
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : 'internal';
}
