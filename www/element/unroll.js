/**
 * A long list is put in bit by bit, a bit after each frame: laying out text is most of the work of an answer, and keys are heard in
 * between. The lists of a page take turns.
 */

/**
 * How many groups of hits are put in at once: one where a frame takes longer than {@link FRAME}, else {@link MOST}. None at first: what stands
 * above them has fonts to load.
 */
let few = 0;
const MOST = 4;
/** In milliseconds. */
const FRAME = 10;

/** Those that are not all there yet. @type {Set<Unroll>} */
const waiting = new Set();
/** Which one has put something in since the last frame. @type {Unroll | undefined} */
let last;

export class Unroll {
  /** @type {Element | null} */
  #list = null;
  /** @type {Element[]} */
  #rest = [];

  /**
   * Holds back what is not put in at once, of a list that is not in the document yet.
   * @param {Element | null} list
   * @param {number} least how many are put in at once at least
   */
  begin(list, least) {
    this.#list = list;
    this.#rest = [...(list?.children ?? [])];
    list?.replaceChildren();
    this.more(Math.max(least, (last ?? this) === this ? few : 0));
    if (waiting.size === 0) soon();
    waiting.add((last = this));
  }

  /**
   * Puts in the next ones, and says whether any are left.
   * @param {number} [count]
   */
  more(count = Infinity) {
    this.#list?.append(...this.#rest.splice(0, count));
    const left = this.#rest.length > 0;
    this.#list?.setAttribute('aria-busy', String(left));
    return left;
  }
}

function soon() {
  requestAnimationFrame(() => {
    const started = performance.now();
    setTimeout(() => {
      few = performance.now() - started > FRAME ? 1 : MOST;
      const [next] = waiting;
      if (!next) return;
      waiting.delete((last = next));
      if (next.more(few)) waiting.add(next);
      if (waiting.size > 0) soon();
      else last = undefined;
    });
  });
}
