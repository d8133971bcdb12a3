/**
 * Is what stands in the pages of a site found, by their titles and by their text, and nothing that only stands around it?
 *
 *   node bench/sites.mjs                                       the two sites of ../shared/corpora/sites
 *   node bench/sites.mjs FOLDER --content SELECTOR [--title SELECTOR] [--skip SELECTOR] [--without PATTERN]
 *
 * What is content is not asked of the indexer: Chromium parses the pages, and a selector of their theme names the element. The
 * answers come from the bundle that the command writes, in the same browser. `--title` names the element of the title, else it is
 * the first `h1` of the content; `--skip` what of the content is none; `--without` is a regular expression of files that are no
 * pages to be found. Pages without such an element, as lists of articles, are indexed but not measured. JISOU_PROGRAM names another program than target/release/jisou; `--misses` lists what failed. Prints Markdown.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../tools/chromium.mjs';
import { draw, read, search } from './sites/page.mjs';

const root = resolve(import.meta.dirname, '..');
const corpora = resolve(root, '..', 'shared', 'corpora', 'sites');

/** The sites that are given, and the element that their themes put the text in. */
const GIVEN = [
  { name: 'mdBook', archive: 'mdbook-trpl-zh-cn', content: 'main', skip: '', without: '^(print|404|toc)\\.html$' },
  { name: 'Hexo', archive: 'hexo-cn-vuejs-org-v2', content: '.content, main', skip: '#ad, .ad-pagetop, .footer, .guide-links, .sidebar', without: '^404' },
];

/** How many strings are drawn, half of them Chinese characters alone, half of letters, digits and characters. */
const STRINGS = 1000;
/** A page that is looked for by its title must be among so many. */
const LISTED = 10;

function* htmlFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'jisou') yield* htmlFiles(path);
    else if (/\.x?html?$/.test(entry.name)) yield path;
  }
}

/** The address of a file of a site that lies in the root of a host. */
const address = (folder, path) => `/${relative(folder, path).split(sep).join('/')}`.replace(/\/index\.x?html?$/, '/');

/** Answers the requests of a page with the files of a folder: there is no server, and nothing else can be asked for. */
async function host(page, folder) {
  await page.route('**/*', (route) => {
    const path = join(folder, decodeURIComponent(new URL(route.request().url()).pathname));
    if (path.endsWith(sep)) return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
    return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
  });
  await page.goto('http://site.test/');
}

async function measure(browser, folder, { content, title = '', skip = '', without = '^$' }) {
  const work = mkdtempSync(join(tmpdir(), 'jisou-sites-'));
  const page = await browser.newPage();
  try {
    const program = process.env.JISOU_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'release', 'jisou');
    execFileSync(program, ['index', folder, '--output', join(work, 'jisou'), '--quiet']);
    await host(page, work);
    const left = new RegExp(without);
    const pages = [];
    for (const path of htmlFiles(folder)) {
      if (left.test(relative(folder, path))) continue;
      const found = await page.evaluate(read, { html: readFileSync(path, 'utf8'), content, title, skip });
      if (found) pages.push({ url: address(folder, path), ...found });
    }
    nameByTitle(pages);
    const strings = draw(pages, STRINGS);
    const menu = menuWords(pages);
    const quoted = menu.map((word) => `"${word}"`);
    const queries = [...pages.map((found) => found.title).filter(Boolean), ...menu, ...quoted, ...strings];
    const answers = new Map(Object.entries(await page.evaluate(search, queries)));
    return score(pages, answers, menu, strings);
  } finally {
    await page.close();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Pages without a heading are called by their `<title>`, less what the titles of most pages end with; if nothing is left, by nothing. */
function nameByTitle(pages) {
  const ends = new Map();
  for (const { named } of pages) {
    for (let at = 1; at < named.length; at++) ends.set(named.slice(at), (ends.get(named.slice(at)) ?? 0) + 1);
  }
  const common = [...ends].filter(([, count]) => count * 2 > pages.length).map(([end]) => end);
  const end = common.sort((a, b) => b.length - a.length)[0] ?? '';
  for (const page of pages) {
    const own = page.named.endsWith(end) ? page.named.slice(0, page.named.length - end.length) : page.named;
    const bare = (text) => text.replace(/^[\s|·—–-]+|[\s|·—–-]+$/gu, '');
    page.title ||= bare(own) === bare(end) ? '' : bare(own);
  }
}

/** What stands around the content of at least half of the pages. */
function menuWords(pages) {
  const counts = new Map();
  for (const page of pages) for (const line of page.around) counts.set(line, (counts.get(line) ?? 0) + 1);
  const usual = [...counts].filter(([line, count]) => count * 2 >= pages.length && /[\p{L}\p{N}]{2}/u.test(line) && !line.includes('"'));
  return usual.map(([line]) => line);
}

const folded = (text) => text.normalize('NFKC').toLowerCase();

/** The figures, and what failed. */
function score(pages, answers, menu, strings) {
  const bare = (text) => folded(text).replace(/[^\p{L}\p{N}]+/gu, '');
  const texts = new Map(pages.map((page) => [page.url, folded([page.title || page.named, page.alt, ...page.lines].join('\n'))]));
  const holders = (text) => pages.filter((page) => texts.get(page.url).includes(folded(text))).map((page) => page.url);
  const misses = [];
  const called = new Map(pages.map((page) => [page.url, folded(page.title)]));
  const titled = pages.filter((page) => page.title);
  let [listed, first] = [0, 0];
  for (const page of titled) {
    const urls = answers.get(page.title).map((hit) => hit.url);
    const at = urls.indexOf(page.url);
    // Pages of the same title are as good an answer.
    const before = urls.slice(0, at).filter((url) => called.get(url) !== called.get(page.url)).length;
    if (at >= 0 && before < LISTED) listed++;
    if (at >= 0 && before === 0) first++;
    else misses.push(`title ${page.title}: ${page.url} is ${at < 0 ? 'not found' : `behind ${before}`}, first ${urls[0]}`);
  }
  let [beyond, absent] = [0, 0];
  for (const word of menu) {
    // Words side by side are claimed whatever sign stands between them.
    const own = new Set(pages.filter((page) => bare(texts.get(page.url)).includes(bare(word))).map((page) => page.url));
    if (own.size === 0) absent++;
    const claimed = answers.get(word).filter((hit) => hit.tier === 'exact' || hit.tier === 'adjacent');
    const others = [...claimed, ...answers.get(`"${word}"`)].filter((hit) => texts.has(hit.url) && !own.has(hit.url));
    if (others.length > 0) {
      beyond++;
      misses.push(`menu ${word}: ${others.length} pages that do not hold it, as ${others[0].url}`);
    }
  }
  let [recall, holds] = [0, 0];
  for (const string of strings) {
    const relevant = holders(string);
    const urls = new Set(answers.get(string).map((hit) => hit.url));
    const found = relevant.filter((url) => urls.has(url));
    recall += found.length / relevant.length;
    if (relevant.includes(answers.get(string)[0]?.url)) holds++;
    if (found.length < relevant.length) misses.push(`string ${string}: not in ${relevant.filter((url) => !urls.has(url)).join(' ')}`);
  }
  return {
    pages: pages.length,
    figures: [listed / titled.length, first / titled.length, recall / strings.length, holds / strings.length],
    menu: [menu.length, absent, beyond],
    misses,
  };
}

function print(name, { pages, figures, menu, misses }, all) {
  const [listed, first, recall, holds] = figures.map((figure) => figure.toFixed(3));
  console.log(`| ${name} | ${pages} | ${listed} / ${first} | ${menu.join(' / ')} | ${recall} / ${holds} |`);
  if (all) for (const miss of misses) console.error(`  ${miss}`);
}

async function main() {
  const text = { type: 'string' };
  const options = { content: text, title: text, skip: text, without: text, misses: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const sites = positionals.map((folder) => ({ name: folder, folder: resolve(folder), ...values }));
  if (sites.some((site) => !site.content)) throw new Error('Name the element that holds the content: --content SELECTOR');
  const absent = GIVEN.filter((site) => !existsSync(join(corpora, `${site.archive}.tar.xz`)));
  if (sites.length === 0 && absent.length > 0) {
    console.log(`${corpora} has no ${absent.map((site) => `${site.archive}.tar.xz`).join(', ')}: nothing was measured.`);
    return;
  }
  const unpacked = mkdtempSync(join(tmpdir(), 'jisou-given-'));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
  try {
    if (sites.length === 0) {
      for (const site of GIVEN) {
        execFileSync('tar', ['xJf', join(corpora, `${site.archive}.tar.xz`), '-C', unpacked]);
        sites.push({ ...site, folder: join(unpacked, site.archive) });
      }
    }
    console.log('| site | pages | found by title, first ten / first | menu lines / in no page / finding others | strings: recall / first holds it |');
    console.log('|---|--:|--:|--:|--:|');
    for (const site of sites) print(site.name, await measure(browser, site.folder, site), values.misses);
  } finally {
    await browser.close();
    rmSync(unpacked, { recursive: true, force: true });
  }
}

await main();
