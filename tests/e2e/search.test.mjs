/** Typing, the list of hits, and what it costs to get there. Queries and titles are those of the seed pages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIST, firstMark, isFocused, marksIn, openPage, pageTest, setUp, spoken } from './harness.mjs';

const set = setUp();
const SCO = '在广阔的亚欧大陆上携手前进';
/** Of the two articles without a title, how they begin. */
const BEGINNINGS = ['「连日来,湖州市南浔区旧馆街道人大代表小组…」', '「第三,我们要坚持开拓创新,激发合作潜能和…」'];

pageTest(set, 'every keystroke shows hits, marked exactly at what was typed', async ({ page, box }) => {
  let typed = '';
  for (const character of '上海精神') {
    typed += character;
    await box.pressSequentially(character);
    await firstMark(page, typed);
    const marks = await marksIn(page, '.group >> nth=0 >>');
    assert.ok(marks.length > 0 && marks.every((mark) => mark === typed), `“${typed}”: ${marks}`);
  }
  assert.equal(await page.locator('#hit-0 .title').textContent(), SCO);
  assert.match((await page.locator('#hit-0 .trail').textContent()) ?? '', /第 1 页 · 000_8166ed53f431b5b4\.txt/);
  await box.press('Backspace');
  await firstMark(page, '上海精');
});

pageTest(set, 'the count is that of the list', async ({ page, box }) => {
  await box.fill('命运共同体');
  await page.waitForSelector(LIST);
  const { total, hits } = await page.evaluate(async () => {
    const index = await (await import('./jisou.js')).open();
    return index.search('命运共同体');
  });
  assert.deepEqual(
    await page.locator('.title').allTextContents(),
    hits.map(({ title }) => title || BEGINNINGS[1]),
  );
  assert.equal(total, hits.reduce((count, { duplicates }) => count + 1 + duplicates.length, 0));
  assert.equal(await page.locator('.summary strong').textContent(), `找到 ${total} 篇`);
  await spoken(page, `找到 ${total} 篇`);
});

pageTest(set, 'hits in titles are marked too', async ({ page, box }) => {
  await box.fill('无废城市');
  const title = page.locator('.title', { hasText: '共建共享' });
  assert.equal(await title.locator('mark').textContent(), '无废城市');
});

pageTest(set, 'Latin letters are found in either case', async ({ page, box }) => {
  await box.fill('apec');
  await page.waitForSelector(LIST);
  const marks = await marksIn(page, '.group >> nth=0 >>');
  assert.ok(marks.length > 0 && marks.every((mark) => mark.toLowerCase() === 'apec'), `${marks}`);
});

pageTest(set, 'a long list is shown in parts', async ({ page, box }) => {
  await box.fill('发展');
  await page.waitForSelector(LIST);
  const total = Number((await page.locator('.summary strong').textContent())?.match(/\d+/)?.[0]);
  assert.ok(total > 10, `${total} articles`);
  assert.equal(await page.locator('.page').count(), 10);
  const first = await page.locator('.title').allTextContents();
  await page.getByRole('button', { name: /再显示/ }).click();
  await page.locator('.page').nth(Math.min(total, 30) - 1).waitFor();
  assert.equal(await page.locator('.page').count(), Math.min(total, 30));
  assert.deepEqual((await page.locator('.title').allTextContents()).slice(0, 10), first);
});

pageTest(set, 'a list is put in line by line, and is there whole as soon as a key leads into it', async ({ page, box }) => {
  // Without frames it does not go on by itself.
  await page.evaluate(() => (window.requestAnimationFrame = () => 0));
  await box.fill('发展');
  await page.waitForSelector('[part=results][aria-busy=true]', { state: 'attached' });
  assert.ok((await page.locator('.group').count()) < 10);
  await box.press('ArrowUp');
  assert.equal(await page.locator(`${LIST} .group`).count(), 10);
  assert.ok(await page.getByRole('option').last().evaluate((option) => option.getAttribute('aria-selected') === 'true'));
});

pageTest(set, 'Enter opens the first hit, though none is in the list yet', async ({ page, box }) => {
  await page.evaluate(() => (window.requestAnimationFrame = () => 0));
  await box.fill('发展');
  await page.waitForSelector('[part=results][aria-busy=true]', { state: 'attached' });
  assert.equal(await page.locator('.group').count(), 0);
  await box.press('Enter');
  await page.locator('h1[tabindex]').waitFor();
});

pageTest(set, 'an answer to only some of the words says so', async ({ page, box }) => {
  await box.fill('钱凯港 无废城市');
  await page.waitForSelector(LIST);
  assert.match((await page.locator('.notice').textContent()) ?? '', /没有同时包含“钱凯港 无废城市”/);
  assert.ok((await page.getByRole('option').count()) >= 2);
});

pageTest(set, 'without hits the box says so and what may help', async ({ page, box }) => {
  await box.fill('zzzqqq');
  await page.locator('.message', { hasText: '没有找到“zzzqqq”' }).getByText('换一个说法').waitFor();
  assert.equal(await box.getAttribute('aria-expanded'), 'false');
  await spoken(page, '没有找到');
});

pageTest(set, 'the empty page lists every article under its newspaper page', async ({ page }) => {
  const pages = await page.evaluate(async () => {
    const { open } = await import('./jisou.js');
    return (await open()).pages();
  });
  const beginnings = [...BEGINNINGS];
  assert.equal(await page.locator('.sheet').count(), new Set(pages.map(({ meta }) => meta.source)).size);
  assert.deepEqual(
    await page.locator('.articles a').allTextContents(),
    pages.map(({ title }) => title || beginnings.shift()),
  );
  assert.deepEqual(beginnings, []);
  await page.locator('.samples a').nth(7).waitFor();
  for (const sample of await page.locator('.samples a').all()) {
    await sample.click();
    await page.waitForSelector(LIST);
    await page.goBack();
    await page.locator('.samples').waitFor();
  }
});

pageTest(set, 'an article without a title goes by its beginning, in results and when it is read', async ({ page, box }) => {
  await box.fill('南浔区旧馆街道人大代表');
  await page.waitForSelector(LIST);
  assert.equal(await page.locator('#hit-0 .title').textContent(), BEGINNINGS[0]);
  await page.locator('#hit-0').click();
  await page.getByRole('heading', { level: 1, name: BEGINNINGS[0] }).waitFor();
  assert.equal(await page.title(), `${BEGINNINGS[0]} · 即搜`);
});

pageTest(set, 'clearing the box brings the contents back', async ({ page, box }) => {
  await box.fill('上海精神');
  await page.waitForSelector(LIST);
  await page.getByRole('button', { name: '清空' }).click();
  await page.waitForSelector('[slot=start]');
  assert.equal(await box.inputValue(), '');
  assert.ok(await isFocused(box));
  await box.fill('   ');
  await page.waitForSelector('[slot=start]');
});

pageTest(
  set,
  'once loaded, nothing more is fetched: it goes on without a network',
  async ({ context, page, box, requests }) => {
    await page.evaluate(() => import('./jisou-mark.js'));
    const loaded = requests.length;
    await context.setOffline(true);
    await box.fill('上海精神');
    await page.locator('#hit-0').click();
    await page.getByRole('heading', { level: 1, name: SCO }).waitFor();
    await page.goBack();
    await page.waitForSelector(LIST);
    assert.equal(requests.length, loaded);
  },
);

test('the first results cost at most five requests', async () => {
  const { context, page, requests, messages } = await openPage(set, { path: `?q=${encodeURIComponent('上海精神')}` });
  await page.waitForSelector(LIST);
  const fetched = requests.filter((request) => !request.url().startsWith('data:'));
  assert.ok(fetched.length <= 5, fetched.map((request) => request.url()).join(' '));
  assert.deepEqual(messages, []);
  await context.close();
});
