/**
 * A list of hits, and the completions above it, are put in line by line, some after each frame: laying out text is most of the work of an
 * answer, and keys are heard in between. The lists of a page take turns.
 */

/** How many parts come together with what stands above them: none until a list is whole, since there are fonts to load. */
let few = 0;
/** For how long lines are laid out in one task, in ms. */
const SLICE = 10;

/** Those that are not all there yet. @type {Set<Unroll>} */
const waiting = new Set();
/** Which one has put something in since the last frame. @type {Unroll | undefined} */
let last;

/**
 * What is put in, and into what.
 * @typedef {readonly [into: HTMLElement, make: () => HTMLElement]} Part
 */

export class Unroll {
  /** @type {HTMLElement | undefined} */
  #list;
  /** @type {Part[]} */
  #rest = [];
  /** Of the last whole list, in CSS pixels. */
  #height = 0;

  /**
   * Starts to fill a list that is not in the document yet, and takes up the room of the one before it until it is whole.
   * @param {Part[]} parts the first of them into the list
   * @param {number} least how many are put in at once at least
   */
  begin(parts, least) {
    this.#rest = parts;
    this.#list = parts[0]?.[0];
    if (!this.#list) return;
    this.#list.style.minHeight = `${this.#height}px`;
    this.more(Math.max(least, (last ?? this) === this ? few : 0));
    if (waiting.size === 0) soon();
    waiting.add((last = this));
  }

  /**
   * Puts in the next ones, and says whether any are left.
   * @param {number} [count]
   */
  more(count = Infinity) {
    for (const [into, make] of this.#rest.splice(0, count)) into.append(make());
    const left = this.#rest.length > 0;
    this.#list?.setAttribute('aria-busy', String(left));
    return left;
  }

  /** Puts in as many as can be laid out in {@link SLICE}, and says whether any are left. */
  slice() {
    const list = this.#list;
    if (!list) return false;
    const until = performance.now() + SLICE;
    // Asking for its height has what is there laid out here, where it is timed.
    do this.#height = list.clientHeight;
    while (performance.now() < until && this.more(1));
    if (this.#rest.length > 0) return true;
    few = 1;
    list.style.minHeight = '';
    this.#height = list.clientHeight;
    return false;
  }
}

function soon() {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const [next] = waiting;
      if (!next) return;
      waiting.delete((last = next));
      if (next.slice()) waiting.add(next);
      if (waiting.size > 0) soon();
      else last = undefined;
    }),
  );
}
