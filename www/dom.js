/**
 * Building elements. Text reaches the document through text nodes only, here and nowhere else, so nothing that an
 * index holds can become markup.
 */

/** @typedef {import('./jisou.js').Mark} Mark */
/** @typedef {Node | string | null | false | undefined} Child */

/**
 * An element with attributes and children. `null`, `undefined` and `false` leave an attribute or a child out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number | boolean | null | undefined>} attributes `true` sets an empty attribute
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/**
 * A text with its hits in `<mark>` elements.
 * @param {string} text
 * @param {readonly Mark[]} marks ascending, not overlapping
 * @returns {Child[]}
 */
export function marked(text, marks) {
  /** @type {Child[]} */
  const nodes = [];
  let done = 0;
  for (const [start, end] of marks) {
    nodes.push(text.slice(done, start), h('mark', {}, text.slice(start, end)));
    done = end;
  }
  nodes.push(text.slice(done));
  return nodes.filter((node) => node !== '');
}
