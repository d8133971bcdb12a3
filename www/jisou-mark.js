/**
 * Marks what was searched for on the page that a hit has opened, scrolls to it, and walks through it.
 *
 * ```html
 * <script type="module" src="/jisou/jisou-mark.js"></script>
 * ```
 *
 * A page with a `<jisou-search>` needs no such line: the box loads this script when the reader arrives from a hit. Marks
 * are looked for in the first of `[data-jisou-body]`, `[data-pagefind-body]`, `main`, `article`, else in the body; nothing is
 * marked in `[data-jisou-ignore]`. For marks of your own:
 *
 * ```js
 * import { mark } from '/jisou/jisou-mark.js';
 *
 * const marks = mark(document.querySelector('article'), { terms: ['命运共同体'] });
 * marks.step(1);
 * marks.close();
 * ```
 *
 * The page's document stays as it is where the browser has the CSS Custom Highlight API; elsewhere `<mark>` elements are
 * put in, and taken out by `close()`, which leaves the very nodes that were there before. Colours: `--jisou-mark`,
 * `--jisou-mark-ink`, `--jisou-mark-current` on the root element.
 */
import { dropMarks, takeMarks } from './element/handoff.js';
import { languageOf } from './element/language.js';
import { bar } from './mark/bar.js';
import { findTerms } from './mark/find.js';
import { paint } from './mark/paint.js';

/**
 * @typedef {object} Marks
 * @property {number} count how many places are marked
 * @property {number} current the one that the reader is at, from 0; -1 without any
 * @property {(by: number) => void} step on to another one, round and round, and scrolls there
 * @property {() => void} close takes everything away again; a second time does nothing
 */

/** @type {Marks | null} */
let open = null;

/**
 * Marks strings in an element, in place of what was marked before.
 * @param {Element} root
 * @param {object} options
 * @param {readonly string[]} [options.terms] what to look for; case and line breaks of the source do not matter
 * @param {readonly Range[]} [options.ranges] what to mark instead, in the order of the document
 * @param {Element | null} [options.from] the first mark at or after this element is shown first; default the first of all
 * @param {() => void} [options.closed] is called when the reader closes the marks
 * @returns {Marks}
 */
export function mark(root, { terms = [], ranges = findTerms(root, terms), from = null, closed }) {
  open?.close();
  const tree = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  const first = from ? ranges.findIndex((range) => range.comparePoint(from, 0) <= 0) : 0;
  const painted = paint(tree, ranges);
  /** @type {HTMLDetailsElement[]} */
  const unfolded = [];
  const walk =
    ranges.length > 0 &&
    bar(languageOf(root), {
      step: (by) => marks.step(by),
      close() {
        marks.close();
        closed?.();
      },
    });
  /** @type {Marks} */
  const marks = {
    count: ranges.length,
    current: -1,
    step(by) {
      if (ranges.length === 0 || open !== marks) return;
      marks.current = (marks.current + by + ranges.length) % ranges.length;
      const range = /** @type {Range} */ (ranges[marks.current]);
      painted.show(marks.current);
      if (walk) walk.show(marks.current, ranges.length);
      unfolded.push(...unfold(range));
      scrollTo(range);
    },
    close() {
      if (open !== marks) return;
      open = null;
      painted.undo();
      if (walk) walk.remove();
      for (const details of unfolded) details.open = false;
    },
  };
  open = marks;
  marks.current = Math.max(0, first) - 1;
  marks.step(1);
  return marks;
}

/**
 * Opens what hides a range.
 * @param {Range} range
 */
function unfold(range) {
  const opened = [];
  let at = range.startContainer.parentElement;
  for (; at; at = at.parentElement) {
    if (!(at instanceof HTMLDetailsElement) || at.open) continue;
    at.open = true;
    opened.push(at);
  }
  return opened;
}

/**
 * Into the upper part of the window, unless it is well inside already: under what may stick to the top.
 * @param {Range} range
 */
function scrollTo(range) {
  const visible = () => {
    const { top, bottom } = range.getBoundingClientRect();
    return top > innerHeight * 0.2 && bottom < innerHeight * 0.85;
  };
  if (!visible()) range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
  if (!visible()) window.scrollBy(0, range.getBoundingClientRect().top - innerHeight * 0.3);
}

/** Marks what a box has left for this page. */
function land() {
  const terms = takeMarks();
  if (terms.length === 0) return;
  const root = document.querySelector('[data-jisou-body], [data-pagefind-body], main, article') ?? document.body;
  const from = document.querySelector(':target');
  const { count } = mark(root, { terms, from, closed: dropMarks });
  if (count === 0 && root !== document.body) mark(document.body, { terms, from, closed: dropMarks });
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', land);
else land();
