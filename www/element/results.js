/**
 * The list of hits. Each line is an option of the listbox and a link at the same time (a role that ARIA in HTML
 * allows), so that the middle button and Ctrl/Cmd+click open it in a new tab as on any other page. A page and its sections
 * are one group.
 */
import { h, marked, safeUrl } from './dom.js';
import { appliedLine, completion, completionLine, offeredLine } from './meant.js';
import { MORE_HITS, entriesOf } from './state.js';
import { brief, fill } from './texts.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Entry} Entry
 * @typedef {import('./view.js').Looks} Looks
 */

export const LISTBOX = 'hits';

/** @param {number} index */
export const optionId = (index) => `hit-${index}`;

/**
 * @param {Looks} looks
 * @param {State} state
 * @param {import('./unroll.js').Part[]} later takes up what is put in line by line
 * @returns {import('./dom.js').Child[]}
 */
export function results(looks, { answer, completions, names, limit }, later) {
  if (!answer) return [];
  const { texts } = looks;
  const line = completionLine(texts, completions);
  const list = h('div', 'results', { id: LISTBOX, role: 'listbox', 'aria-label': texts.results });
  const [first, ...others] = lines(looks, answer, names, list);
  if (first) later.push(first, ...completions.map((text) => /** @type {const} */ ([line, () => completion(text)])), ...others);
  const applied = appliedLine(texts, answer);
  // Where it is not known how many there are, there may be more as long as all that were asked for came.
  const more = answer.least && answer.hits.length === limit ? MORE_HITS : 0;
  const left = answer.hits.reduce((left, hit) => left - 1 - hit.duplicates.length, answer.total) || more;
  return [
    line,
    applied,
    h(
      'p',
      'summary',
      {},
      h('strong', '', {}, fill(texts.count, { n: amount(answer) })),
      h('span', '', {}, fill(texts.took, { ms: Math.max(0.1, answer.took).toFixed(1) })),
    ),
    // Hits of a suggestion are in this tier too, but do hold all of its words.
    answer.tier === 'some' && !applied && h('p', 'notice', {}, h('span', '', {}, fill(texts.some, { query: brief(answer.query) }))),
    offeredLine(texts, answer),
    list,
    left > 0 && h('button', 'button', { 'data-more': true }, fill(texts.more, { n: Math.min(left, MORE_HITS) })),
  ];
}

/**
 * How many pages there are, as it is shown.
 * @param {import('./state.js').Answer} answer
 */
export const amount = ({ total, least }) => (least ? `${total}+` : total);

/**
 * What stands in the list, to be built when it is put in: what the next keystroke replaces before it is seen costs nothing.
 * @param {Looks} looks
 * @param {import('./state.js').Answer} answer
 * @param {State['names']} names
 * @param {HTMLElement} list
 * @returns {import('./unroll.js').Part[]}
 */
function lines(looks, answer, names, list) {
  let group = list;
  return entriesOf(answer).map((entry, at) => {
    const line = () => option(looks, entry, at, answer.query, names);
    if (entry.kind !== 'page') return [group, line];
    const own = h('div', 'group', { role: 'group', 'aria-label': titleIn(names, entry.hit) });
    group = own;
    return [list, () => (own.append(line()), own)];
  });
}

/**
 * @param {State['names']} names
 * @param {import('./state.js').Hit} hit
 */
const titleIn = (names, { id, title }) => names[id]?.title ?? title;

/**
 * @param {Looks} looks
 * @param {Entry} entry
 * @param {number} at
 * @param {string} query
 * @param {State['names']} names
 */
function option(looks, entry, at, query, names) {
  const { kind, section } = entry;
  const attributes = {
    id: optionId(at),
    role: 'option',
    'aria-selected': 'false',
    tabindex: -1,
    href: looks.hrefOf(entry, names, query) || null,
    'data-at': at,
  };
  const excerpt = section?.excerpt ? h('span', 'excerpt', {}, marked(section.excerpt, section.marks)) : null;
  if (kind === 'page') return h('a', kind, attributes, head(looks, entry.hit, titleIn(names, entry.hit)), excerpt);
  if (kind === 'copy') return h('a', kind, attributes, `${looks.texts.copies} `, h('b', '', {}, names[entry.copy ?? -1]?.title ?? ''));
  const heading = section?.heading ? h('span', 'heading', {}, marked(section.heading, section.headingMarks)) : null;
  return h('a', kind, attributes, heading, excerpt);
}

/**
 * @param {Looks} looks
 * @param {import('./state.js').Hit} hit
 * @param {string} title
 * @returns {import('./dom.js').Child[]}
 */
function head(looks, hit, title) {
  const image = hit.meta.image && safeUrl(hit.meta.image, looks.base);
  const trail = looks.describe(hit);
  return [
    image && h('img', 'image', { src: image, alt: '', loading: 'lazy', width: 64, height: 64 }),
    h('span', 'title', {}, hit.title ? marked(title, hit.titleMarks) : title),
    h('span', 'trail', {}, trail, places(looks, hit)),
  ];
}

/**
 * The bar that shows where in the page the hits lie.
 * @param {Looks} looks
 * @param {import('./state.js').Hit} hit
 */
function places({ texts }, { places }) {
  if (places.length === 0) return false;
  // One picture of them all: an element for each would take most of the time that a list takes to lay out.
  const ticks = places.map((place) => `#0000 calc(${place * 100}% - 1px), currentColor 0 calc(${place * 100}% + 1px), #0000 0`);
  const bar = h('span', 'places', { title: texts.places, 'aria-hidden': 'true' });
  bar.style.backgroundImage = `linear-gradient(90deg, ${ticks.join()})`;
  return bar;
}
