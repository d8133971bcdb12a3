/**
 * An index in pieces, in a browser: the answers of the whole index, few requests, hosts that fail, a site that is built anew.
 */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { BROWSERS, start } from './drivers.mjs';
import { newPage } from './harness.mjs';
import { QUERIES, paragraphSite } from './paragraphs.mjs';

const { folder, jisou, RECORDS, records, set, blank } = paragraphSite('pieces');

/** In the page: what a bundle answers, as far as lists can tell it. */
const ask = async ([bundle, queries]) => {
  const { open } = await import(`${bundle}jisou.js`);
  const index = await open();
  const answers = [];
  for (const query of queries) {
    const { hits, suggestion } = await index.search(query, { limit: 10 });
    answers.push(suggestion?.applied ? 'meant otherwise' : hits.map((hit) => [hit.url, hit.title, hit.titleMarks, hit.tier, hit.sections]));
  }
  return answers;
};

test('pieces answer as the whole index does, in the same words, and send little of it', async () => {
  const { page, context, requests, messages } = await blank();
  const whole = await page.evaluate(ask, ['/whole/', QUERIES]);
  const before = requests.length;
  const cut = await page.evaluate(ask, ['/cut/', QUERIES.slice(0, 1)]);
  assert.ok(requests.length - before < 25, `${requests.length - before} requests for a first answer`);
  cut.push(...(await page.evaluate(ask, ['/cut/', QUERIES.slice(1)])));
  const asked = QUERIES.map((query, at) => ({ query, whole: whole[at], cut: cut[at] })).filter((one) => one.whole !== 'meant otherwise');
  assert.ok(asked.length > 100, `${asked.length} queries`);
  // Words typed apart may stand beside each other across a mark: lists do not tell where.
  const tiers = (hits) => hits.map((hit) => hit[3]);
  for (const one of asked.filter(({ query }) => !query.includes(' '))) assert.deepEqual(tiers(one.cut), tiers(one.whole), one.query);
  const same = asked.filter((one) => JSON.stringify(one.cut) === JSON.stringify(one.whole));
  assert.ok(same.length >= asked.length * 0.98, `${same.length} of ${asked.length} the same`);
  assert.deepEqual(messages, []);
  await context.close();
});

test('engines and script are within their bytes, as hosts send them', () => {
  const sent = (start) => brotliCompressSync(readFileSync(join(folder, 'cut', readdirSync(join(folder, 'cut')).find((name) => name.startsWith(start))))).length;
  for (const [start, limit] of [['engine-', 56_300], ['meant-', 78_300], ['jisou.js', 5_850]]) {
    assert.ok(sent(start) <= limit, `${start}: ${sent(start)} of ${limit}`);
  }
});

test('what was loaded before, and what was forgotten, changes no answer', async () => {
  const { page, context } = await blank();
  const [all, little] = await page.evaluate(async (queries) => {
    const { open } = await import('/cut/jisou.js');
    const answers = async (index) => {
      const out = [];
      for (const query of [...queries, ...queries.toReversed()]) out.push((await index.search(query)).hits);
      return JSON.stringify(out);
    };
    return [await answers(await open()), await answers(await open(undefined, { memory: 0 }))];
  }, QUERIES.slice(0, 12));
  assert.equal(all, little);
  await context.close();
});

test('completions are words that go on as what was typed, from pieces that a search for it has fetched', async () => {
  const { page, context, requests } = await blank();
  const complete = async ([bundle, prefix]) => {
    const { open } = await import(`${bundle}jisou.js`);
    globalThis.index ??= await open();
    await globalThis.index.search(prefix);
    return globalThis.index.suggest(prefix, { limit: 20 });
  };
  const found = await page.evaluate(complete, ['/cut/', '合作']);
  assert.ok(found.length > 1 && found.every(({ text, kind }) => text.startsWith('合作') && kind === 'word'), JSON.stringify(found));
  const before = requests.length;
  assert.deepEqual(await page.evaluate(() => globalThis.index.suggest('合作', { limit: 1 })), found.slice(0, 1));
  assert.equal(requests.length, before);
  const codes = await page.evaluate(() =>
    Promise.all([{ limit: -1 }, { limit: '3' }].map((options) => globalThis.index.suggest('合作', options).then(() => 'answered', (error) => error.code))),
  );
  assert.deepEqual(codes, ['bad-option', 'bad-option']);
  await context.setOffline(true);
  assert.deepEqual(await page.evaluate(() => globalThis.index.suggest('粮食')), [], 'not a failure');
  await context.setOffline(false);
  const whole = await page.evaluate(async () => {
    const { open } = await import('/whole/jisou.js');
    return (await open()).suggest('合作', { limit: 20 });
  });
  const words = whole.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  assert.deepEqual(found.map(({ text }) => text).sort(), words.sort());
  await context.close();
});

test('a page is read with its hits marked; what only a whole index tells is refused by its code', async () => {
  const { page, context } = await blank();
  const got = await page.evaluate(async () => {
    const { open } = await import('/cut/jisou.js');
    const index = await open();
    const { hits, total, least } = await index.search('合作');
    const read = await index.page(hits[0].id, '合作');
    const code = (promise) => promise.then(() => 'answered', (error) => error.code);
    const [block] = read.blocks.filter((block) => block.marks.length > 0);
    return {
      id: [hits[0].id, read.id], url: [hits[0].url, read.url], total, least, pages: (await index.info()).pages,
      marked: block.text.slice(...block.marks[0]),
      codes: await Promise.all([
        code(index.pages()), code(index.setRanking({})), await code(index.explain('合作', 1e6)), code(index.page(1e6)), code(index.search('合作', { sort: { 年: 'asc' } })),
        code(index.search(7)), (index.close(), code(index.search('合作'))),
      ]),
    };
  });
  assert.equal(got.id[0], got.id[1]);
  assert.equal(got.url[0], got.url[1]);
  assert.ok(got.total > 10 && got.least === false && got.pages === RECORDS.length);
  assert.equal(got.marked, '合作');
  assert.deepEqual(got.codes, ['in-pieces', 'in-pieces', 'no-such-page', 'no-such-page', 'bad-option', 'bad-option', 'closed']);
  await context.close();
});

for (const [fault, answer, code] of [
  ['missing', { status: 404, body: 'gone' }, 'load-failed'],
  ['an HTML error page', { status: 200, contentType: 'text/html', body: '<!doctype html><title>Oops</title>' }, 'wrong-piece'],
  ['empty', { status: 200, body: '' }, 'wrong-piece'],
]) {
  test(`a piece that is ${fault} is tried once more, then named; the next query tries again`, async () => {
    const { page, context } = await blank();
    let fails = 0;
    let left = 2;
    let piece = '';
    await context.route('**/pieces-*/*', (route) => {
      const url = route.request().url();
      piece ||= url;
      if (url !== piece || left-- <= 0) return route.continue();
      fails++;
      return route.fulfill(answer);
    });
    const got = await page.evaluate(async () => {
      const { open } = await import('/cut/jisou.js');
      const index = await open();
      const failed = await index.search('人民').catch((error) => ({ code: error.code, message: error.message }));
      return { ...failed, total: (await index.search('人民')).total };
    });
    assert.equal(fails, 2);
    assert.equal(got.code, code);
    assert.ok(got.message.includes(piece), got.message);
    assert.ok(got.total > 0);
    await context.close();
  });
}

test('an HTML page in place of the root is no index; where the site was built anew, the new one is opened', async () => {
  cpSync(join(folder, 'cut'), join(folder, 'moved'), { recursive: true });
  const { page, context } = await blank();
  await context.route('**/moved/root-*', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Oops</title>' }));
  const opened = () => page.evaluate(async () => {
    const { open } = await import('/moved/jisou.js');
    return open().then((index) => index.search('合作'), (error) => ({ code: error.code })).then(({ code, total }) => code ?? total > 10);
  });
  assert.equal(await opened(), 'load-failed');
  await context.unroute('**/moved/root-*');
  records('anew.jsonl', [...RECORDS, { url: '/anew', title: '又一页', body: '又是一页。' }]);
  jisou('index', 'anew.jsonl', '--output', 'moved', '--layout', 'cut');
  assert.equal(await opened(), true);
  await context.close();
});

test('a piece that fails once is not noticed', async () => {
  const { page, context } = await blank();
  const seen = new Set();
  await context.route('**/pieces-*/*', (route) => {
    const url = route.request().url();
    if (seen.has(url)) return route.continue();
    seen.add(url);
    return route.abort();
  });
  assert.deepEqual(await page.evaluate(ask, ['/cut/', ['人民', '合作 发展']]), await page.evaluate(ask, ['/whole/', ['人民', '合作 发展']]));
  assert.ok(seen.size > 3);
  await context.close();
});

test('without the network what was loaded answers, and what is missing is said', async () => {
  const { page, context } = await blank();
  const got = await page.evaluate(async () => {
    const { open } = await import('/cut/jisou.js');
    globalThis.index = await open();
    return (await globalThis.index.search('合作')).total;
  });
  await context.setOffline(true);
  const offline = await page.evaluate(async () => [
    (await globalThis.index.search('合作')).total,
    await globalThis.index.search('粮食').then(() => 'answered', (error) => error.code),
  ]);
  assert.deepEqual(offline, [got, 'load-failed']);
  await context.close();
});

test('a site that is built anew under an open page is answered from the new build', async () => {
  cpSync(join(folder, 'cut'), join(folder, 'live'), { recursive: true });
  const { page, context } = await blank();
  await page.evaluate(async () => {
    const { open } = await import('/live/jisou.js');
    globalThis.index = await open();
    await globalThis.index.search('合作');
  });
  records('records.jsonl', [...RECORDS, { url: '/new', title: '新来的一页', body: '刚刚写好,谁也没有读过。' }]);
  jisou('index', 'records.jsonl', '--output', 'live', '--layout', 'cut');
  const got = await page.evaluate(async () => {
    const { hits } = await globalThis.index.search('刚刚写好');
    return [hits[0].url, (await globalThis.index.page(hits[0].id)).title, (await globalThis.index.search('合作')).total > 10];
  });
  assert.deepEqual(got, ['/new', '新来的一页', true]);
  await context.close();
});

/** In the page: the suggestion of a bundle for each query, and the hits. */
const meant = async ([bundle, queries]) => {
  const { open } = await import(`${bundle}jisou.js`);
  const index = await open();
  const answers = [];
  for (const query of queries) {
    const { hits, suggestion, tier } = await index.search(query, { limit: 10 });
    const read = hits[0] && (await index.page(hits[0].id, query));
    const marked = read?.blocks.flatMap(({ text, marks }) => marks.map((mark) => text.slice(...mark)));
    answers.push({ query, suggestion, tier, marked, hits: hits.map((hit) => [hit.url, hit.tier, hit.sections]) });
  }
  return answers;
};
const SLIPS = ['hezuo', 'guojia', 'renmin', 'zhongguo', 'fazhan', 'shengtai', '合做共赢', '生太文明', '人民 hezuo', 'zgrm'];

test('what else may be meant is found over pieces too, by an engine that is loaded only then', async () => {
  const { page, context, requests, messages } = await blank();
  const named = (name) => requests.some((request) => request.url().includes(name));
  await page.evaluate(ask, ['/cut/', ['合作', '人民']]);
  assert.ok(named('/cut/engine-') && !named('/cut/meant-') && !named('jisou-meant.js'), 'too early');
  const [whole, cut] = [await page.evaluate(meant, ['/whole/', SLIPS]), await page.evaluate(meant, ['/cut/', SLIPS])];
  assert.ok(named('/cut/meant-'));
  assert.ok(whole.filter(({ suggestion }) => suggestion?.applied).length >= 6, JSON.stringify(whole.map(({ suggestion }) => suggestion)));
  assert.deepEqual(cut, whole);
  assert.deepEqual(messages, []);
  await context.close();
});

for (const [what, pattern] of [['engine', '**/cut/meant-*'], ['words', '**/pieces-*/w*']]) {
  test(`where the ${what} that may be meant cannot be had, what was typed is answered`, async () => {
    const { page, context } = await blank();
    await context.route(pattern, (route) => route.abort());
    const [cut] = await page.evaluate(meant, ['/cut/', ['合作 zuohe']]);
    assert.deepEqual([cut.suggestion, cut.tier, cut.hits.length > 3], [null, 'some', true]);
    await context.close();
  });
}

/** In the page: whether a long search leaves it free, and what is answered. */
const busy = async (options) => {
  const { open } = await import('/cut/jisou.js');
  const [index, other] = await Promise.all([open(undefined, options), open('/cut/', options)]);
  const { total } = await index.search('合作');
  const closing = index.search('发展').then(() => 'answered', (error) => error.code);
  index.close();
  const after = await index.search('合作').catch((error) => error.code);
  const again = (await other.search('合作')).total;
  const strange = await other.search('合作', { limit: () => 1 }).catch((error) => error.code);
  globalThis.other = other;
  return { same: total === again, after, closing: ['answered', 'closed'].includes(await closing), strange };
};

for (const [where, options, headers, workers] of [
  ['in a worker, one for all', undefined, {}, 1],
  ['in the page, if that is asked for', { worker: false }, {}, 0],
  ['in the page, where its policy allows no worker', undefined, { 'content-security-policy': "worker-src 'none'" }, 0],
  ['in the page, where its policy allows no address that was not trusted', undefined, { 'content-security-policy': "require-trusted-types-for 'script'" }, 0],
]) {
  test(`pieces are fetched and searched ${where}`, async () => {
    const { page, context } = await newPage(set);
    await context.route('**/index.html', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
    await page.goto(`${set.url}index.html`);
    assert.deepEqual(await page.evaluate(busy, options), { same: true, after: 'closed', closing: true, strange: 'bad-option' });
    assert.equal(page.workers().length, workers);
    const gone = workers > 0 ? page.workers()[0].waitForEvent('close') : undefined;
    await page.evaluate(() => globalThis.other.close());
    await gone;
    await context.close();
  });
}

test('the command answers from pieces, and says what it cannot do with them', () => {
  jisou('index', 'records.jsonl', '--output', 'cut', '--layout', 'cut');
  const answer = (bundle) => JSON.parse(jisou('search', bundle, '合作 发展', '--json')).hits.map((hit) => [hit.id, hit.url, hit.tier]);
  jisou('index', 'records.jsonl', '--output', 'whole', '--layout', 'whole');
  assert.deepEqual(answer('cut'), answer('whole'));
  // With nothing but letters inside other words, and several words of one sound, all of it is shown, by either layout.
  const shown = (bundle, query) => jisou('search', bundle, query).split('\n').slice(1);
  for (const query of ['shi', 'hezuo', 'guojia']) assert.deepEqual(shown('cut', query), shown('whole', query), query);
  assert.match(jisou('search', 'cut', 'shi'), /^at least \d+ pages \(some\)\nshown are the pages for: /);
  assert.throws(() => jisou('inspect', 'cut'), /--layout whole/);
  assert.throws(() => jisou('search', 'cut', '合作', '--filter', '类=诗'), /no filter 类/);
  const twice = () => jisou('index', 'records.jsonl', '--output', 'cut', '--layout', 'cut', '--json');
  assert.deepEqual(JSON.parse(twice()).bundle, JSON.parse(twice()).bundle);
});

for (const name of Object.keys(BROWSERS)) {
  test(`the same in ${name}`, async () => {
    const { browser, stop } = await start(name);
    try {
      await browser.get(set.url);
      await browser.manage().setTimeouts({ script: 60_000 });
      const run = (bundle) => browser.executeAsyncScript(`const done = arguments[2]; (${ask})([arguments[0], arguments[1]]).then(done, (error) => done(String(error)))`, bundle, QUERIES.slice(0, 20));
      const [cut, whole] = [await run('/cut/'), await run('/whole/')];
      assert.ok(Array.isArray(cut), cut);
      cut.forEach((hits, at) => whole[at] === 'meant otherwise' || assert.deepEqual(hits, whole[at], QUERIES[at]));
    } finally {
      await browser.quit().catch(() => {});
      stop();
    }
  });
}
