/**
 * Building elements. Text reaches the document through text nodes only, here and nowhere else, so nothing that an
 * index holds can become markup; addresses of an index pass through {@link safeUrl}.
 */

/** @typedef {import('../jisou.js').Mark} Mark */
/** @typedef {Node | string | null | false | undefined} Child */

/**
 * An element with attributes and children. `null`, `undefined` and `false` leave an attribute or a child out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} part its class, by which a page may style it too; empty for none
 * @param {Record<string, string | number | boolean | null | undefined>} attributes `true` sets an empty attribute
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, part, attributes, ...children) {
  const element = document.createElement(name);
  if (part) element.className = part;
  if (part) element.setAttribute('part', part);
  if (element instanceof HTMLButtonElement) element.type = 'button';
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...present(children.flat()));
  return element;
}

/**
 * Listens until the signal.
 * @template {Event} [E=Event]
 * @param {EventTarget} target
 * @param {string} type
 * @param {AbortSignal} signal
 * @param {(event: E) => unknown} listener
 */
export function on(target, type, signal, listener) {
  target.addEventListener(type, /** @type {EventListener} */ (listener), { signal });
}

/**
 * The children that are there.
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
export function present(children) {
  return children.filter((child) => child !== null && child !== undefined && child !== false);
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
    nodes.push(text.slice(done, start), h('mark', 'mark', {}, text.slice(start, end)));
    done = end;
  }
  nodes.push(text.slice(done));
  return nodes.filter((node) => node !== '');
}

/**
 * An address that may be followed: of the web or of a file, never a script.
 * @param {string} url
 * @param {string} base
 * @returns {string} empty if it is none
 */
export function safeUrl(url, base) {
  try {
    const { protocol, href } = new URL(url, base);
    return ['http:', 'https:', 'file:'].includes(protocol) ? href : '';
  } catch {
    return '';
  }
}
