/**
 * A site that means harm, indexed by the command and searched in Chromium, Firefox and WebKitGTK under the strictest policy:
 * markup in every field, addresses that are scripts, names that mean something to JavaScript, a title of megabytes. All of it is text,
 * and nothing is asked of any other host.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from '../../tools/serve.mjs';
import { BROWSERS, start } from './drivers.mjs';
import { POLICY } from './fixtures.mjs';
import { newPage, root, setUp } from './harness.mjs';

const program = process.env.JISOU_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'jisou');
const folder = mkdtempSync(join(tmpdir(), 'jisou-hostile-'));
const BAD = `<img src=//elsewhere.test/x onerror="window.harmed=1"></script><script>window.harmed=1</script>`;
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', BAD];
const named = (value) => `{${NAMES.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)}}`;
let pages = 0;
/** As JSON text: an object of JavaScript could not hold the name `__proto__`. The pages differ, so that none hides behind another. */
const record = (url, title, heading) => {
  const first = `第 ${++pages} 页恶意 ${BAD}\n\n`;
  const sections = [{ anchor: '"><script>window.harmed=1</script>', heading, level: 2, start: [...first].length }];
  const text = { url, title, body: `${first}${heading}\n\n第 ${pages} 页恶意的第二段 ${BAD}`, sections };
  return `${JSON.stringify(text).slice(0, -1)},"meta":${named('//elsewhere.test/y')},"filters":${named(BAD)},"sort":${named('1')}}`;
};
const records = [
  record('javascript:window.harmed=1', BAD, `节 ${BAD}`),
  record('data:text/html,<script>parent.harmed=1</script>', BAD, `节 ${BAD}`),
  record('//elsewhere.test/page', BAD, `节 ${BAD}`),
  record(' \tjava\nscript:window.harmed=1', `恶意${'长'.repeat(1_700_000)}`, '节'),
  record('/fine', '恶意 fine', '节'),
];
writeFileSync(join(folder, 'records.jsonl'), records.join('\n'));
execFileSync(program, ['index', 'records.jsonl', '--output', 'jisou'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });

const HTML = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>site</title><script src="/watch.js"></script><script type="module" src="/jisou/jisou-search.js"></script><body><jisou-search mode="page"></jisou-search>';
const WATCH = `window.refused = []; addEventListener('securitypolicyviolation', (event) => { if (event.blockedURI !== location.origin + '/favicon.ico') refused.push(event.violatedDirective + ' ' + event.blockedURI); });
window.errors = []; addEventListener('error', (event) => errors.push(String(event.message))); addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));`;
const set = setUp(folder);
let server;
before(async () => {
  server = await serve(folder, 0, {
    '/site.html': { body: HTML, headers: { 'content-type': 'text/html;charset=utf-8', 'content-security-policy': POLICY } },
    '/favicon.ico': { body: '', headers: { 'content-type': 'image/x-icon' } },
    '/watch.js': { body: WATCH, headers: { 'content-type': 'text/javascript' } },
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
const address = () => `http://localhost:${server.address().port}/site.html?q=${encodeURIComponent('恶意')}`;

/** Run in the page, once there are hits: what came of them. */
function outcome() {
  const root = document.querySelector('jisou-search').shadowRoot;
  const links = [...root.querySelectorAll('a')].map((link) => link.href).filter(Boolean);
  return {
    pages: root.querySelectorAll('.page').length,
    harmed: 'harmed' in window,
    polluted: Object.keys(Object.prototype).length + Number({}.x !== undefined),
    foreign: [...root.querySelectorAll('script, img, iframe, object, embed, link')].length,
    bad: links.filter((href) => !/^https?:/.test(href)),
    refused: window.refused,
    errors: window.errors,
    elsewhere: performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !name.startsWith(`${location.origin}/`) && !name.startsWith('data:')),
    requests: performance.getEntriesByType('resource').length,
    shown: root.querySelector('[part~=title]')?.textContent.length ?? 0,
  };
}

/** @param {ReturnType<typeof outcome>} got */
function harmless(got) {
  const { pages, requests, shown, ...rest } = got;
  console.log(`figure: requests watched on a hostile site | ${requests} | ${rest.elsewhere.length + rest.refused.length}`);
  assert.equal(pages, records.length);
  assert.ok(shown > 0);
  assert.deepEqual(rest, { harmed: false, polluted: 0, foreign: 0, bad: [], refused: [], errors: [], elsewhere: [] });
}

test('Chromium', async () => {
  const { page, context, requests, messages } = await newPage(set);
  await page.goto(address());
  await page.waitForFunction((count) => document.querySelector('jisou-search')?.shadowRoot.querySelectorAll('.page').length === count, records.length);
  harmless(await page.evaluate(outcome));
  const own = new URL(page.url()).origin;
  assert.deepEqual(requests.map((request) => request.url()).filter((url) => !url.startsWith(own) && !url.startsWith('data:')), []);
  assert.deepEqual(messages, []);
  await context.close();
});

for (const name of Object.keys(BROWSERS)) {
  test(name, async () => {
    const { browser, stop } = await start(name);
    try {
      await browser.get(address());
      const count = 'return document.querySelector("jisou-search")?.shadowRoot?.querySelectorAll(".page").length';
      await browser.wait(async () => (await browser.executeScript(count)) === records.length, 30_000);
      harmless(await browser.executeScript(`return (${outcome})()`));
    } finally {
      await browser.quit().catch(() => {});
      stop();
    }
  });
}

test('names that mean something to JavaScript are filters, sorts and data like any other', async () => {
  const { page, context } = await newPage(set);
  await page.goto(address());
  const got = await page.evaluate(async (bad) => {
    const { open } = await import('/jisou/jisou.js');
    const index = await open();
    const own = (name, value) => Object.fromEntries([[name, value]]);
    const total = async (options) => (await index.search('恶意', options)).total;
    return {
      filters: (await index.filters()).map(({ name, values }) => [name, values[0].count]).sort(),
      by: await Promise.all(['constructor', 'toString', 'hasOwnProperty'].map((name) => total({ filters: own(name, bad) }))),
      proto: await total({ filters: own('__proto__', bad) }),
      sorted: await total({ sort: own('constructor', 'asc') }),
      untouched: Object.getPrototypeOf((await index.search('恶意')).hits[0].meta) === Object.prototype && {}.toString() === '[object Object]',
    };
  }, BAD);
  assert.deepEqual(got.filters, NAMES.map((name) => [name, records.length]).sort());
  assert.deepEqual([got.by, got.proto, got.sorted, got.untouched], [[5, 5, 5], 5, 5, true]);
  await context.close();
});
