/**
 * The list of hits. Each article is one option of the listbox and a link at the same time (a role that ARIA in HTML
 * allows), so that the middle button and Ctrl/Cmd+click open it in a new tab as on any other page.
 */
import { h, marked } from './dom.js';
import { appliedLine, completionLine, offeredLine } from './meant.js';
import { hrefOf } from './route.js';
import { sheetsOf, sourceLine } from './sheets.js';
import { MORE_HITS } from './state.js';
import { brief, texts } from './texts.js';
import { titleOf } from './titles.js';

export const LISTBOX = 'hits';

/** @param {number} index */
export const optionId = (index) => `hit-${index}`;

/**
 * @param {import('./state.js').State} state
 * @returns {import('./dom.js').Child[]}
 */
export function results({ answer, completions, pages }) {
  if (!answer) return [];
  const sheets = sheetsOf(pages);
  const options = answer.hits.map((hit, index) => {
    const titles = hit.duplicates.flatMap((id) => pages.find((page) => page.id === id)?.title ?? []);
    return option({ ...hit, title: titleOf(pages, hit) }, index, answer.query, sourceLine(sheets, hit), titles);
  });
  const applied = appliedLine(answer);
  const left = answer.total - answer.hits.reduce((shown, hit) => shown + 1 + hit.duplicates.length, 0);
  return [
    completionLine(completions),
    applied,
    h('div', { class: 'summary' }, h('h1', {}, texts.count(answer.total)), h('p', {}, texts.took(answer.took))),
    // Hits of a suggestion are in this tier too, but do hold all of its words.
    answer.tier === 'some' && !applied && h('p', { class: 'notice' }, h('span', {}, texts.some(brief(answer.query)))),
    offeredLine(answer),
    h('div', { id: LISTBOX, role: 'listbox', 'aria-label': texts.resultsLabel }, ...options),
    left > 0 && h('button', { type: 'button', class: 'button', 'data-more': true }, texts.more(Math.min(left, MORE_HITS))),
  ];
}

/**
 * @param {import('./jisou.js').Hit} hit
 * @param {number} index
 * @param {string} query
 * @param {string} source
 * @param {string[]} duplicates titles of the pages that answer with the same passage
 */
function option(hit, index, query, source, duplicates) {
  return h(
    'a',
    {
      class: 'hit',
      id: optionId(index),
      role: 'option',
      'aria-selected': 'false',
      tabindex: -1,
      href: hrefOf({ query, place: { url: hit.url, anchor: '' } }),
      'data-inside': 'same-query',
    },
    h('span', { class: 'hit-title' }, marked(hit.title, hit.titleMarks)),
    h('span', { class: 'source' }, source),
    hit.sections.map(section),
    duplicates.length > 0 && h('span', { class: 'aside' }, texts.duplicates(duplicates)),
  );
}

/**
 * @param {import('./jisou.js').SectionHit} section
 */
function section({ anchor, heading, headingMarks, excerpt, marks }) {
  return h(
    'span',
    { class: 'section', 'data-anchor': anchor },
    heading !== '' && h('span', { class: 'section-heading' }, marked(heading, headingMarks)),
    h('span', { class: 'excerpt' }, marked(excerpt, marks)),
  );
}
