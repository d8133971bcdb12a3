/** The JavaScript API as another page uses it: from a module, in a browser, under the same policy. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { LIST, newPage, pageTest, root, setUp } from './harness.mjs';

const set = setUp();
const WASM = '**/jisou_engine_bg.wasm';

pageTest(set, 'the module is fetched once however many open it, the page itself included', async ({ page, requests }) => {
  const totals = await page.evaluate(async () => {
    const { open } = await import('./jisou.js');
    const indexes = await Promise.all([open(), open(), open()]);
    const again = await open();
    return Promise.all([...indexes, again].map(async (index) => (await index.search('上海精神')).total));
  });
  assert.ok(totals.every((total) => total === totals[0] && total > 0));
  assert.equal(requests.filter((request) => request.url().endsWith('.wasm')).length, 1);
});

pageTest(set, 'an answer has the promised shape', async ({ page }) => {
  const { answer, article, pages, info } = await page.evaluate(async () => {
    const { open } = await import('./jisou.js');
    const index = await open();
    const answer = await index.search('上海精神');
    return {
      answer,
      article: await index.page(answer.hits[0].id, '上海精神'),
      pages: await index.pages(),
      info: await index.info(),
    };
  });
  assert.equal(answer.query, '上海精神');
  assert.equal(answer.tier, 'exact');
  assert.ok(answer.took >= 0 && answer.took < 1000);
  const [hit] = answer.hits;
  assert.deepEqual([hit.title, hit.tier, hit.meta.source], ['在广阔的亚欧大陆上携手前进', 'exact', '000_8166ed53f431b5b4.txt']);
  for (const { excerpt, marks } of hit.sections) {
    assert.ok(marks.length > 0);
    for (const [start, end] of marks) assert.equal(excerpt.slice(start, end), '上海精神');
  }
  assert.equal(article.title, hit.title);
  const marked = article.blocks.flatMap(({ text, marks }) => marks.map(([start, end]) => text.slice(start, end)));
  assert.ok(marked.length > 1 && marked.every((text) => text === '上海精神'));
  assert.equal(pages.length, info.pages);
  assert.deepEqual(
    pages.find(({ id }) => id === hit.id),
    { id: hit.id, url: hit.url, title: hit.title, meta: hit.meta },
  );
  assert.ok(info.characters > 40_000 && info.bytes > 10_000);
});

pageTest(set, 'pages of hits fit together, and Infinity gives all', async ({ page }) => {
  const { all, every, parts, none, beyond } = await page.evaluate(async () => {
    const { open } = await import('./jisou.js');
    const index = await open();
    const all = await index.search('发展', { limit: Infinity, collapse: true });
    const every = await index.search('发展', { limit: Infinity });
    const parts = [];
    for (let offset = 0; offset < all.total; offset += 7) parts.push(await index.search('发展', { limit: 7, offset }));
    return {
      all,
      every,
      parts,
      none: await index.search('发展', { limit: 0 }),
      beyond: await index.search('发展', { offset: 1_000_000 }),
    };
  });
  assert.ok(all.total > 10);
  assert.equal(every.hits.length, all.total);
  assert.equal(every.total, all.total);
  assert.deepEqual(parts.flatMap(({ hits }) => hits), all.hits);
  assert.ok(parts.every(({ total, tier }) => total === all.total && tier === all.tier));
  assert.deepEqual([none.hits.length, none.total], [0, all.total]);
  assert.deepEqual([beyond.hits.length, beyond.total], [0, all.total]);
});

pageTest(set, 'the default is ten hits; a word that is complete has no more hits than one still being typed', async ({ page }) => {
  const { first, open, complete } = await page.evaluate(async () => {
    const index = await (await import('./jisou.js')).open();
    return {
      first: await index.search('发展'),
      open: await index.search('APE'),
      complete: await index.search('APE', { prefix: false }),
    };
  });
  assert.equal(first.hits.length, 10);
  assert.ok(open.total > 0 && complete.total <= open.total);
});

pageTest(set, 'a suggestion comes with the answer; one that finds what was typed has none', async ({ page }) => {
  const { literal, guessed, meant } = await page.evaluate(async () => {
    const index = await (await import('./jisou.js')).open();
    return {
      literal: await index.search('国际'),
      guessed: await index.search('guoji', { limit: Infinity }),
      meant: await index.search('国际', { limit: Infinity, prefix: false }),
    };
  });
  assert.equal(literal.suggestion, null);
  const { query, kind, applied } = guessed.suggestion;
  assert.deepEqual([query, kind, applied], ['国际', 'pinyin', true]);
  assert.ok(guessed.hits.every(({ tier }) => tier === 'some'));
  const ids = ({ hits }) => hits.map(({ id }) => id).sort();
  assert.deepEqual(ids(guessed), ids(meant));
});

pageTest(set, 'completions by characters and by pinyin, eight unless told otherwise', async ({ page }) => {
  const { han, pinyin, three, none, nothing } = await page.evaluate(async () => {
    const index = await (await import('./jisou.js')).open();
    return {
      han: await index.suggest('国际'),
      pinyin: await index.suggest('guoji', { limit: 20 }),
      three: await index.suggest('国际', { limit: 3 }),
      none: await index.suggest('国际', { limit: 0 }),
      nothing: await index.suggest(''),
    };
  });
  assert.equal(han.length, 8);
  assert.ok(han.every(({ text }) => text.includes('国际')), JSON.stringify(han));
  assert.deepEqual(three, han.slice(0, 3));
  assert.deepEqual(pinyin[0], { text: '国际', kind: 'pinyin' });
  assert.deepEqual([none, nothing], [[], []]);
});

pageTest(set, 'an explanation adds up to the score', async ({ page }) => {
  const { hits, explained, missed } = await page.evaluate(async () => {
    const index = await (await import('./jisou.js')).open();
    const { hits } = await index.search('上海精神', { limit: Infinity });
    return {
      hits: hits.map(({ tier, score }) => ({ tier, score })),
      explained: await Promise.all(hits.map(({ id }) => index.explain('上海精神', id))),
      missed: await index.explain('zzzqqq', 0),
    };
  });
  assert.ok(hits.length > 0);
  assert.deepEqual(explained.map(({ tier, score }) => ({ tier, score })), hits);
  for (const { score, parts } of explained) {
    assert.ok(parts.length > 0);
    assert.equal(parts.reduce((sum, { value }) => sum + value, 0), score);
  }
  assert.equal(missed, null);
});

pageTest(set, 'ranking is changed for one index, and only by values in range', async ({ page }) => {
  const { before, refused, after, other } = await page.evaluate(async () => {
    const { open } = await import('./jisou.js');
    const [index, untouched] = await Promise.all([open(), open()]);
    const scores = async (index) => (await index.search('生态')).hits.map(({ id, score }) => [id, score]);
    const before = await scores(index);
    await index.setRanking({ bodyWeight: 0, titleWeight: 2001 }).catch(() => {});
    const refused = await scores(index);
    await index.setRanking({ bodyWeight: 0 });
    return { before, refused, after: await scores(index), other: await scores(untouched) };
  });
  assert.deepEqual(refused, before);
  assert.notDeepEqual(after, before);
  assert.deepEqual(other, before);
});

pageTest(set, 'every ranking value matters, and is refused beyond its range', async ({ page }) => {
  const most = {
    ...{ saturation: 300, proximity: 300 },
    ...{ titleWeight: 2000, headingWeight: 2000, leadWeight: 2000, bodyWeight: 2000 },
    ...{ titleLength: 100, headingLength: 100, leadLength: 100, bodyLength: 100 },
    ...{ insideFit: 100, prefixFit: 100, wordFit: 100 },
  };
  const found = await page.evaluate(async (most) => {
    const { open } = await import('./jisou.js');
    const queries = ['生态', '态', '生态 保护', '生态的城市', '国'];
    const found = [];
    for (const [name, value] of Object.entries(most)) {
      const index = await open();
      const scores = async () =>
        JSON.stringify(await Promise.all(queries.map(async (query) => (await index.search(query)).hits.map((hit) => hit.score))));
      const code = await index.setRanking({ [name]: value + 1 }).then(
        () => 'set',
        (error) => error.code,
      );
      await index.setRanking({ [name]: 0 });
      const least = await scores();
      await index.setRanking({ [name]: value });
      found.push([name, code, least === (await scores())]);
      index.close();
    }
    return found;
  }, most);
  assert.deepEqual(
    found,
    Object.keys(most).map((name) => [name, 'bad-option', false]),
  );
});

pageTest(set, 'errors have stable codes', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    const { open, JisouError } = await import('./jisou.js');
    const codeOf = (question) =>
      question.then(
        () => 'answered',
        (error) => (error instanceof JisouError && error.message ? error.code : String(error)),
      );
    const index = await open();
    const other = await open();
    const open_ = {
      limit: await codeOf(index.search('上海', { limit: -1 })),
      fraction: await codeOf(index.search('上海', { limit: 1.5 })),
      nan: await codeOf(index.search('上海', { offset: NaN })),
      text: await codeOf(index.search('上海', { limit: '10' })),
      query: await codeOf(index.search(undefined)),
      prefix: await codeOf(index.suggest(undefined)),
      completions: await codeOf(index.suggest('上', { limit: -1 })),
      suggestOptions: await codeOf(index.suggest('上', 5)),
      explained: await codeOf(index.explain(null, 0)),
      explainedPage: await codeOf(index.explain('上海', 1_000_000)),
      ranking: await codeOf(index.setRanking({ saturation: 301 })),
      noRanking: await codeOf(index.setRanking()),
      page: await codeOf(index.page(1_000_000)),
    };
    index.close();
    index.close();
    const closed = await Promise.all(
      [
        index.search('上海'),
        index.page(0),
        index.pages(),
        index.info(),
        index.suggest('上'),
        index.explain('上海', 0),
        index.setRanking({}),
      ].map(codeOf),
    );
    return { ...open_, closed, other: await codeOf(other.search('上海')) };
  });
  assert.deepEqual(codes, {
    limit: 'bad-option',
    fraction: 'bad-option',
    nan: 'bad-option',
    text: 'bad-option',
    query: 'bad-option',
    prefix: 'bad-option',
    completions: 'bad-option',
    suggestOptions: 'bad-option',
    explained: 'bad-option',
    explainedPage: 'no-such-page',
    ranking: 'bad-option',
    noRanking: 'bad-option',
    page: 'no-such-page',
    closed: Array(7).fill('closed'),
    other: 'answered',
  });
});

test('a load that failed can be tried again', async () => {
  const { context, page } = await newPage(set);
  await page.route(WASM, (route) => route.fulfill({ status: 503 }));
  await page.goto(set.url);
  const open = () =>
    page.evaluate(async () => {
      const { open } = await import('./jisou.js');
      return open().then(
        async (index) => (await index.search('上海精神')).total,
        (error) => `${error.code}: ${error.message}`,
      );
    });
  assert.match(String(await open()), /^load-failed: .*503/);
  await page.unroute(WASM);
  assert.ok(Number(await open()) > 0);
  await context.close();
});

test('the sources run as they are, without a bundler', async () => {
  const pkg = process.env.JISOU_PKG ?? join(root, 'pkg');
  const { context, page, messages } = await newPage(set);
  const types = { html: 'text/html;charset=utf-8', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' };
  await page.route(`${set.url}src/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.replace('/src/', '') || 'index.html';
    const path = name.startsWith('jisou_engine') ? join(pkg, name.replace('jisou_engine', 'jisou')) : join(root, 'www', name);
    await route.fulfill({ body: await readFile(path), contentType: types[name.split('.').at(-1)] });
  });
  await page.goto(`${set.url}src/?q=APEC`);
  await page.waitForSelector(LIST);
  assert.deepEqual(messages, []);
  await context.close();
});
