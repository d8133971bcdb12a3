/**
 * Finding strings in what a reader sees of a page. Tags do not matter, the borders of blocks do; case does not matter, nor
 * how the source of the page wraps its lines.
 */

/** A stretch of text that no border of a block cuts. @typedef {{ text: string, nodes: { node: Text, start: number }[] }} Run */

const SKIPPED = 'script, style, noscript, template, textarea, select, svg, jisou-search, [hidden], [data-jisou-ignore], [data-pagefind-ignore]';
/** Characters between which a line break of the source is no blank. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/**
 * Every place of the strings, in the order of the document; where they overlap the longer one counts.
 * @param {Element} root
 * @param {readonly string[]} terms
 * @returns {Range[]}
 */
export function findTerms(root, terms) {
  const folded = [...new Set(terms.map((term) => fold(term.trim()).text))].filter(Boolean).sort((a, b) => b.length - a.length);
  if (folded.length === 0) return [];
  const pattern = new RegExp(folded.map((term) => term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'gu');
  return runsOf(root).flatMap((run) => {
    const { text, from } = fold(run.text);
    return [...text.matchAll(pattern)].map(({ 0: hit, index }) => {
      const last = /** @type {number} */ (from[index + hit.length - 1]);
      return rangeOf(run, /** @type {number} */ (from[index]), last + 1);
    });
  });
}

/**
 * A text without case and with the blanks of its source collapsed; `from` has for each unit where it came from. All
 * numbers are UTF-16 units.
 * @param {string} text
 * @returns {{ text: string, from: number[] }}
 */
export function fold(text) {
  let folded = '';
  /** @type {number[]} */
  const from = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    if (!/\s/.test(unit)) {
      const lower = unit.toLowerCase();
      folded += lower.length === 1 ? lower : unit;
      from.push(at);
      continue;
    }
    const start = at;
    while (/\s/.test(text.charAt(at + 1))) at++;
    const wrapped = /[\n\r]/.test(text.slice(start, at + 1));
    if (wrapped && WIDE.test(text.charAt(start - 1)) && WIDE.test(text.charAt(at + 1))) continue;
    folded += ' ';
    from.push(start);
  }
  return { text: folded, from };
}

/**
 * The text of an element, cut where blocks begin and end and at line breaks that are shown.
 * @param {Element} root
 * @returns {Run[]}
 */
function runsOf(root) {
  /** @type {Run[]} */
  const runs = [];
  let open = false;
  /** @param {Node} parent */
  const walk = (parent) => {
    for (const node of parent.childNodes) {
      if (node instanceof Text) {
        if (!open) runs.push({ text: '', nodes: [] });
        open = true;
        const run = /** @type {Run} */ (runs.at(-1));
        run.nodes.push({ node, start: run.text.length });
        run.text += node.data;
      } else if (node instanceof Element && !node.matches(SKIPPED)) {
        const { display } = getComputedStyle(node);
        if (display === 'none') continue;
        const apart = node.tagName === 'BR' || !/^(inline|contents|ruby)/.test(display) || display === 'inline-block';
        if (apart) open = false;
        walk(node);
        if (apart) open = false;
      }
    }
  };
  walk(root);
  return runs;
}

/**
 * @param {Run} run
 * @param {number} start
 * @param {number} end
 */
function rangeOf({ nodes }, start, end) {
  const range = new Range();
  const first = nodes.filter((piece) => piece.start <= start).at(-1);
  const last = nodes.filter((piece) => piece.start < end).at(-1);
  if (first) range.setStart(first.node, start - first.start);
  if (last) range.setEnd(last.node, end - last.start);
  return range;
}
