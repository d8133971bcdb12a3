/**
 * The demo page: a small newspaper archive around one `<jisou-search>`. The box searches and keeps the query in the
 * address; this file fills the front page and shows articles.
 */
import './jisou-search.js';
import { present } from './element/dom.js';
import texts from './element/texts/zh-CN.js';
import { titleOf } from './element/titles.js';
import { contents, samples } from './demo/contents.js';
import { missing, rangesOf, reader } from './demo/reader.js';
import { hrefOf, placeOf } from './demo/route.js';
import { pickSamples } from './demo/samples.js';
import { sheetsOf, sourceLine } from './demo/sheets.js';

/** @typedef {import('./jisou-search.js').JisouSearch} JisouSearch */
/** @typedef {import('./jisou.js').PageSummary} PageSummary */

const SITE = document.title;
/** Untitled pages are named by how they begin; on a site of many that must not hold up the rest. */
const MOST_READ = 50;

const box = /** @type {JisouSearch} */ (document.querySelector('jisou-search'));
const front = /** @type {HTMLElement} */ (document.querySelector('[slot=start]'));
const reading = /** @type {HTMLElement} */ (document.querySelector('.reading'));
const touch = matchMedia('(pointer: coarse)');

/** @type {readonly PageSummary[]} */
let pages = [];
/** @type {{ close: () => void } | undefined} */
let marks;
/** What is being read: the query in the address when it was opened. @type {{ query: string } | null} */
let article = null;
/** Counts the turns that the reader takes, so that what is still being fetched for an earlier one is dropped. */
let turns = 0;
/** The name of the window that is still to be written. */
let naming = 0;

box.linkTo = ({ url }, anchor, query) => hrefOf(query, { url, anchor });
box.texts = { count: '找到 {n} 篇', more: '再显示 {n} 篇', some: '没有同时包含“{query}”各词的文章，以下包含其中一部分。' };

/** Shows what the address asks for. @param {number} [scroll] where on the page the reader was */
async function follow(scroll = 0) {
  const place = placeOf(location.hash);
  if (!place) return leave(scroll);
  const turn = ++turns;
  marks?.close();
  const index = await box.ready();
  const query = box.query;
  const id = pages.find(({ url }) => url === place.url)?.id;
  const page = id === undefined ? null : await index.page(id, query);
  if (turn !== turns) return;
  article = { query: queryInAddress() };
  const { nodes, hits } = page ? reader(page, pages, query) : { nodes: missing(), hits: [] };
  reading.replaceChildren(...present(nodes));
  reading.hidden = false;
  document.body.className = 'reads';
  box.close();
  const headline = reading.querySelector('h1');
  document.title = `${headline?.textContent} · 即搜`;
  headline?.focus({ preventScroll: true });
  window.scrollTo(0, scroll);
  const ranges = rangesOf(hits);
  if (ranges.length === 0) return;
  const from = place.anchor ? reading.querySelector(`[data-anchor="${CSS.escape(place.anchor)}"]`) : null;
  const { mark } = await import('./jisou-mark.js');
  if (turn !== turns) return;
  marks = mark(reading, { ranges, from });
}

/** Back to the list or the front page. @param {number} scroll */
function leave(scroll) {
  turns++;
  marks?.close();
  article = null;
  reading.hidden = true;
  reading.replaceChildren();
  document.body.className = '';
  box.open({ focus: false });
  if (!touch.matches) box.focus({ preventScroll: true });
  // The address is right before the box is, which hears of the same step in the history.
  entitle(queryInAddress());
  window.scrollTo(0, scroll);
}

/** What the window and the history call this page while no article is open. @param {string} query */
function entitle(query) {
  const name = query.trim().slice(0, 24);
  if (!article) document.title = name ? `${name} · 即搜` : SITE;
}

const queryInAddress = () => new URLSearchParams(location.search).get('q') ?? '';

/** A step in the history. @param {string} href */
function go(href) {
  history.replaceState({ ...history.state, scroll: scrollY }, '');
  history.pushState({ ...history.state, scroll: 0, inside: true }, '', href);
  follow();
}

/** Out of an article, to where the reader came from. */
function back() {
  if (history.state?.inside) history.back();
  else go(hrefOf(box.query, null));
}

// The page restores the position itself: the browser would do it before the list is there again.
history.scrollRestoration = 'manual';
addEventListener('popstate', () => follow(history.state?.scroll));
box.addEventListener('jisou-opened', (event) => {
  if (!article || /** @type {CustomEvent} */ (event).detail.by !== 'reader') return;
  const { query } = article;
  const href = hrefOf(queryInAddress(), null);
  // The first letter of a query is a step of its own already.
  if (queryInAddress() === query) history.pushState({ ...history.state, inside: true }, '', href);
  else history.replaceState(history.state, '', href);
  leave(0);
});
// Once the typing rests: naming the window costs more than finding does.
box.addEventListener('jisou-query', () => {
  clearTimeout(naming);
  naming = setTimeout(() => entitle(box.query), 300);
});
box.addEventListener('jisou-select', (event) => {
  const { newTab, href } = /** @type {CustomEvent} */ (event).detail;
  if (newTab) return;
  event.preventDefault();
  go(href);
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if ('back' in link.dataset) back();
  else if (link.hash) go(link.href);
  else {
    if (article) history.pushState({ ...history.state, inside: true }, '', hrefOf(queryInAddress(), null));
    leave(0);
    box.search(new URLSearchParams(link.search).get('q') ?? '');
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && article && !event.defaultPrevented && !event.isComposing && event.keyCode !== 229) back();
});

/** Fills the front page once the index is there. */
async function fill() {
  const started = performance.now();
  const index = await box.ready();
  const opened = performance.now() - started;
  const [all, info] = await Promise.all([index.pages(), index.info()]);
  const unnamed = all.filter(({ title }) => !title).slice(0, MOST_READ);
  const names = new Map(await Promise.all(unnamed.map(async ({ id }) => /** @type {const} */ ([id, titleOf(texts, await index.page(id))]))));
  pages = all.map((page) => ({ ...page, title: page.title || (names.get(page.id) ?? texts.untitled) }));
  const sheets = sheetsOf(pages);
  box.describe = (hit) => sourceLine(sheets, hit);
  front.replaceChildren(...present(contents({ pages, info, opened })));
  if (placeOf(location.hash)) await follow();
  front.querySelector('.samples')?.replaceWith(...present([samples(await pickSamples(index, pages))]));
  // What reading needs later is fetched when the front page is done: from then on the page needs no network.
  setTimeout(() => import('./jisou-mark.js'), 1000);
}

if (!placeOf(location.hash) && !touch.matches) box.focus();
fill().catch(() => {});
