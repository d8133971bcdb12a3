/**
 * Showing ranges of a page as marked, so that it can be undone without a trace: by the CSS Custom Highlight API, which does
 * not touch the document, or else by `<mark>` elements, which are taken out again.
 */

const NAME = 'jisou-mark';
const CURRENT = 'jisou-mark-current';
const STYLE = `
::highlight(${NAME}), mark.${NAME} { background-color: var(--jisou-mark, #ffe294); color: var(--jisou-mark-ink, #23201b); }
::highlight(${CURRENT}), mark.${CURRENT} { background-color: var(--jisou-mark-current, #ff9f43); color: var(--jisou-mark-ink, #23201b); }
@media (forced-colors: active) {
  ::highlight(${NAME}), mark.${NAME} { background-color: Mark; color: MarkText; }
  ::highlight(${CURRENT}), mark.${CURRENT} { background-color: Highlight; color: HighlightText; }
}`;

/**
 * @typedef {object} Paint
 * @property {(at: number) => void} show which range is the current one
 * @property {() => void} undo
 */

/**
 * @param {Document | ShadowRoot} tree the style rules go to
 * @param {readonly Range[]} ranges in the order of the document
 * @returns {Paint}
 */
export function paint(tree, ranges) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
  const { show, undo } = 'highlights' in CSS ? highlight(ranges) : wrap(ranges);
  return {
    show,
    undo() {
      undo();
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}

/**
 * @param {readonly Range[]} ranges
 * @returns {Paint}
 */
function highlight(ranges) {
  const all = new Highlight(...ranges);
  const current = new Highlight();
  current.priority = 1;
  CSS.highlights.set(NAME, all);
  CSS.highlights.set(CURRENT, current);
  return {
    show(at) {
      current.clear();
      const range = ranges[at];
      if (range) current.add(range);
    },
    undo() {
      CSS.highlights.delete(NAME);
      CSS.highlights.delete(CURRENT);
    },
  };
}

/**
 * Every text node that holds hits gives its place to pieces, and gets it back.
 * @param {readonly Range[]} ranges
 * @returns {Paint}
 */
function wrap(ranges) {
  /** @type {Map<Text, { start: number, end: number, at: number }[]>} */
  const cuts = new Map();
  ranges.forEach((range, at) => {
    for (const { node, start, end } of textsOf(range)) cuts.set(node, [...(cuts.get(node) ?? []), { start, end, at }]);
  });
  /** @type {HTMLElement[][]} */
  const marks = ranges.map(() => []);
  /** @type {{ node: Text, pieces: (Text | HTMLElement)[] }[]} */
  const replaced = [];
  for (const [node, list] of cuts) {
    /** @type {(Text | HTMLElement)[]} */
    const pieces = [];
    let done = 0;
    for (const { start, end, at } of list) {
      if (start > done) pieces.push(new Text(node.data.slice(done, start)));
      const mark = document.createElement('mark');
      mark.className = NAME;
      mark.append(node.data.slice(start, end));
      marks[at]?.push(mark);
      pieces.push(mark);
      done = end;
    }
    if (done < node.data.length) pieces.push(new Text(node.data.slice(done)));
    node.replaceWith(...pieces);
    replaced.push({ node, pieces });
  }
  return {
    show(at) {
      marks.forEach((list, index) => list.forEach((mark) => mark.classList.toggle(CURRENT, index === at)));
      ranges[at]?.selectNodeContents(/** @type {Node} */ (marks[at]?.[0]));
    },
    undo() {
      for (const { node, pieces } of replaced) {
        const [first, ...others] = pieces;
        first?.replaceWith(node);
        for (const piece of others) piece.remove();
      }
    },
  };
}

/**
 * The parts of a range by text node.
 * @param {Range} range
 */
function textsOf(range) {
  const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer } = range;
  const walker = document.createTreeWalker(commonAncestorContainer, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const nodes = commonAncestorContainer instanceof Text ? [commonAncestorContainer] : [];
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) nodes.push(/** @type {Text} */ (walker.currentNode));
  return nodes
    .map((node) => ({
      node,
      start: node === startContainer ? startOffset : 0,
      end: node === endContainer ? endOffset : node.data.length,
    }))
    .filter(({ start, end }) => start < end);
}
