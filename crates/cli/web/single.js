/**
 * The page that `jisou embed --html` writes: a box, its hits, and a page to read with the hits marked. Everything is in this one
 * file, so it opens by double-click and asks for nothing. Text reaches the page as text nodes.
 */
import { open } from '../../../www/jisou.js';

const TEXTS = navigator.language.startsWith('zh')
  ? { hits: (n) => (n ? `找到 ${n} 页` : '没有找到'), meant: '您是不是要找:', applied: '以下是这个词的结果:', back: '← 返回结果', pages: (n) => `共 ${n} 页` }
  : { hits: (n) => (n ? `${n} page${n === 1 ? '' : 's'} found` : 'nothing found'), meant: 'Did you mean ', applied: 'Shown are the pages for ', back: '← back to the results', pages: (n) => `${n} pages` };

const HITS = 30;
const [box, said, list, reader] = ['q', 'said', 'hits', 'page'].map((id) => document.getElementById(id));

/** An element with children: elements, and texts as text nodes. */
function h(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A text with its hits in <mark>. */
function marked(text, marks) {
  const out = [];
  let at = 0;
  for (const [start, end] of marks) {
    out.push(text.slice(at, start), h('mark', {}, text.slice(start, end)));
    at = end;
  }
  return [...out, text.slice(at)];
}

/** An address to follow: of a site that is on the web, and nothing that runs. */
const isAddress = (url) => /^https?:\/\//.test(url);

function showHits(index, { total, hits, suggestion }) {
  reader.hidden = true;
  list.hidden = false;
  const offer = suggestion && h('button', { type: 'button', onclick: () => ask(index, (box.value = suggestion.query)) }, suggestion.query);
  said.replaceChildren(TEXTS.hits(total), ...(offer ? [' · ', suggestion.applied ? TEXTS.applied : TEXTS.meant, offer] : []));
  list.replaceChildren(
    ...hits.map((hit) => {
      const sections = hit.sections.map((section) =>
        h('p', {}, ...(section.heading ? [h('b', {}, ...marked(section.heading, section.headingMarks)), ' '] : []), ...marked(section.excerpt, section.marks)),
      );
      const title = h('button', { type: 'button', className: 'title', onclick: () => read(index, hit.id) }, ...marked(hit.title || hit.url, hit.title ? hit.titleMarks : []));
      return h('li', {}, title, ...(isAddress(hit.url) ? [' ', h('a', { href: hit.url }, '↗')] : []), ...sections);
    }),
  );
}

async function read(index, id) {
  const page = await index.page(id, box.value);
  const back = h('button', { type: 'button', onclick: () => ask(index, box.value) }, TEXTS.back);
  const blocks = page.blocks.map((block) => h(block.level ? `h${Math.min(block.level + 1, 6)}` : 'p', {}, ...marked(block.text, block.marks)));
  reader.replaceChildren(back, h('h1', {}, ...marked(page.title, page.titleMarks)), ...blocks);
  list.hidden = true;
  reader.hidden = false;
  (reader.querySelector('mark') ?? reader).scrollIntoView({ block: 'center' });
}

let asked = 0;

async function ask(index, query) {
  const mine = ++asked;
  if (!query.trim()) {
    const pages = await index.pages();
    const hits = pages.map((page) => ({ ...page, titleMarks: [], sections: [] }));
    if (mine === asked) {
      showHits(index, { total: pages.length, hits, suggestion: null });
      said.replaceChildren(TEXTS.pages(pages.length));
    }
    return;
  }
  const answer = await index.search(query, { limit: HITS });
  if (mine === asked) showHits(index, answer);
}

open().then(
  (index) => {
    // While an input method composes, what stands in the box is not what is meant.
    box.addEventListener('input', (event) => event.isComposing || ask(index, box.value));
    box.addEventListener('compositionend', () => ask(index, box.value));
    box.disabled = false;
    box.focus();
    return ask(index, box.value);
  },
  (error) => said.replaceChildren(error.message),
);
