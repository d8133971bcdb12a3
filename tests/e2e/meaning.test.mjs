/** What a reader meant: other scripts, pinyin, slips, operators; the guess is named, and there is a way back from it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIST, currentInView, firstMark, highlights, isFocused, marksIn, newPage, pageTest, setUp, spoken as status } from './harness.mjs';

const set = setUp();
const notice = (page) => page.locator('.notice');

/**
 * The ids of all pages that answer.
 * @param {import('playwright-core').Page} page
 * @param {string} query
 * @returns {Promise<number[]>}
 */
function answers(page, query) {
  return page.evaluate(async (query) => {
    const index = await (await import('./jisou.js')).open();
    return (await index.search(query, { limit: Infinity })).hits.map(({ id }) => id);
  }, query);
}

/** @param {import('playwright-core').Page} page */
const count = async (page) => Number((await page.locator('.summary strong').textContent())?.match(/\d+/)?.[0]);

pageTest(set, 'pinyin: the word is named, its hits are marked, and so they are where they are read', async ({ page, box }) => {
  await box.fill('guoji');
  await notice(page).getByText('没有找到“guoji”，以下是“国际”的结果。').waitFor();
  assert.equal(await notice(page).count(), 1, 'nothing about partial results');
  assert.equal(await count(page), (await answers(page, '国际')).length);
  const marks = await marksIn(page, '[role=option]');
  assert.ok(marks.length > 0 && marks.every((mark) => mark === '国际'), `${marks}`);
  await status(page, '以下是“国际”的结果');
  await page.locator('#hit-0').click();
  await page.waitForSelector('.reading article');
  const read = await highlights(page);
  assert.ok(read.length > 0 && read.every((mark) => mark === '国际'), `${read}`);
  assert.ok(await currentInView(page));
  await page.reload();
  await page.waitForSelector('.reading article');
  assert.deepEqual(await highlights(page), read, 'a link to it says the same');
});

pageTest(set, 'a hit of an alternative is marked where it is read', async ({ page, box }) => {
  await box.fill('guo');
  await notice(page).getByText('也可能是：').waitFor();
  const alternative = (await notice(page).getByRole('button').first().textContent()) ?? '';
  await page.getByRole('button', { name: /再显示/ }).click();
  await page.locator('.page').nth(10).waitFor();
  await page.waitForSelector(LIST);
  const hit = page.locator('[role=option]', { has: page.locator('mark', { hasText: new RegExp(`^${alternative}+$`) }) }).last();
  await hit.click();
  await page.waitForSelector('.reading article');
  const marks = await highlights(page);
  assert.ok(marks.length > 0 && marks.every((mark) => [...mark].every((character) => character === alternative)), `${marks}`);
});

pageTest(set, 'a wrong character: the right word is named, and the way back leads to what was typed', async ({ page, box }) => {
  await box.fill('哈萨克斯但');
  await notice(page).getByText('没有找到“哈萨克斯但”，以下是“哈萨克斯坦”的结果。').waitFor();
  assert.ok((await marksIn(page, '.group >> nth=0 >>')).includes('哈萨克斯坦'));
  await page.getByRole('button', { name: '仍然搜索“哈萨克斯但”' }).click();
  await page.getByText('没有找到“哈萨克斯但”').waitFor();
  assert.equal(await box.inputValue(), '"哈萨克斯但"');
  assert.ok(await isFocused(box));
  assert.equal(await notice(page).count(), 0);
});

pageTest(set, 'a guess beside weak results is offered, and run by its button', async ({ page, box }) => {
  await box.fill('上海京神');
  await notice(page).getByText('您是不是要找：').waitFor();
  await status(page, '您是不是要找：上海精神');
  await page.getByRole('button', { name: '上海精神' }).click();
  await firstMark(page, '上海精神');
  assert.equal(await box.inputValue(), '上海精神');
  assert.equal(await notice(page).count(), 0);
});

pageTest(set, 'letters that stand in a word by accident are not reported as missing', async ({ page, box }) => {
  await box.fill('pe');
  await notice(page).waitFor();
  assert.match((await notice(page).textContent()) ?? '', /^字面上含有“pe”的排在最前，其后是“.+”的结果。/);
  assert.equal((await marksIn(page, '.group >> nth=0 >>'))[0]?.toLowerCase(), 'pe');
  await page.getByRole('button', { name: '仍然搜索“pe”' }).click();
  await notice(page).waitFor({ state: 'detached' });
  const marks = await marksIn(page, '[role=option]');
  assert.ok(marks.length > 0 && marks.every((mark) => mark.toLowerCase() === 'pe'), `${marks}`);
});

pageTest(set, 'traditional and Japanese forms, width and case do not matter', async ({ page, box }) => {
  for (const [typed, same] of [['国際', '国际'], ['國際', '国际'], ['ＧＤＰ', 'GDP'], ['gdp', 'GDP']]) {
    const expected = await answers(page, same);
    assert.ok(expected.length > 0);
    assert.deepEqual(await answers(page, typed), expected, typed);
    await box.fill(typed);
    await firstMark(page, same);
    assert.equal(await count(page), expected.length, typed);
    assert.equal(await notice(page).count(), 0, typed);
    await box.fill('');
    await page.waitForSelector('.figures');
  }
});

pageTest(set, 'quotes, exclusion and a field', async ({ page, box }) => {
  const all = await answers(page, '"命运共同体"');
  const excluded = await answers(page, '中亚');
  const expected = all.filter((id) => !excluded.includes(id));
  assert.ok(expected.length > 0 && expected.length < all.length);
  await box.fill('"命运共同体" -中亚');
  await page.waitForSelector(LIST);
  assert.equal(await count(page), expected.length);
  assert.ok((await marksIn(page, '[role=option]')).every((mark) => mark === '命运共同体'));
  await box.fill('title:生态');
  await firstMark(page, '生态');
  for (const title of await page.locator('.title').allTextContents()) assert.match(title, /生态/);
});

pageTest(set, 'completions stand on a line of their own, which the hits do not move for', async ({ page, box }) => {
  const top = () => page.locator('[part=results]').evaluate((list) => list.getBoundingClientRect().top);
  await box.pressSequentially('上海精');
  await firstMark(page, '上海精');
  assert.equal(await page.locator('.completions button').count(), 0);
  const without = await top();
  await box.fill('国际');
  await page.waitForSelector('.completions button');
  assert.equal(await top(), without);
  const texts = await page.locator('.completions button').allTextContents();
  assert.ok(texts.length <= 5 && !texts.includes('国际'), `${texts}`);
  await status(page, `${texts.length} 条输入建议`);
  // Tab passes over the button that empties the box.
  await box.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await box.evaluate((input) => input.getRootNode().activeElement.textContent), texts[0]);
  await page.keyboard.press('Enter');
  await firstMark(page, texts[0]);
  assert.equal(await box.inputValue(), texts[0]);
  assert.ok(await isFocused(box));
  await page.keyboard.press('ArrowDown');
  assert.equal(await box.getAttribute('aria-activedescendant'), 'hit-0', 'the arrows are those of the hits');
});

pageTest(set, 'while letters are being composed, neither completions nor guesses change', async ({ page, box }) => {
  const protocol = await page.context().newCDPSession(page);
  await box.fill('国际');
  await page.waitForSelector('.completions button');
  await page.waitForSelector(LIST);
  const before = await page.locator('[part=panel]').innerHTML();
  await protocol.send('Input.imeSetComposition', { text: 'guan', selectionStart: 4, selectionEnd: 4 });
  await page.waitForTimeout(400);
  assert.equal(await box.inputValue(), '国际guan');
  assert.equal(await page.locator('[part=panel]').innerHTML(), before);
  await protocol.send('Input.insertText', { text: '贸易' });
  await firstMark(page, '国际贸易');
});

test('whatever a suggestion or a completion holds is shown as text', async () => {
  const { context, page, messages } = await newPage(set);
  // In place of the API: an index that answers everything with the worst text there is.
  const harm = '<img src=x onerror="window.harmed = true">"><script>window.harmed = true</script>';
  const body = `
    const harm = ${JSON.stringify(harm)};
    const hit = { id: 0, url: 'a', title: 'a', titleMarks: [], tier: 'some', score: 1, sections: [], duplicates: [], meta: {}, blocks: [], places: [] };
    export const open = async () => ({
      search: async (query) => ({ query, total: 1, tier: 'some', hits: [hit], took: 0,
        suggestion: { query: harm, kind: 'typo', applied: !query.includes('offer'), alternatives: [harm + 2] } }),
      suggest: async () => [{ text: harm + 3, kind: 'word' }],
      filters: async () => [],
      sorts: async () => [],
      pages: async () => [hit],
      page: async () => hit,
      info: async () => ({ pages: 1, characters: 1, bytes: 1 }),
    });`;
  await page.route('**/jisou.js', (route) => route.fulfill({ body, contentType: 'text/javascript' }));
  for (const query of ['apply', 'offer']) {
    await page.goto(`${set.url}?q=${query}`);
    await page.waitForSelector(LIST);
    assert.ok((await notice(page).last().textContent())?.includes('<img src=x'), query);
    assert.equal(await page.locator('.completions button').textContent(), `${harm}3`);
    await page.locator('.notice button').first().click();
    assert.ok((await page.getByRole('combobox').inputValue()).startsWith('<img'), query);
    assert.equal(await page.locator('img, main script').count(), 0);
    assert.equal(await page.evaluate(() => 'harmed' in window), false);
  }
  assert.deepEqual(messages, []);
  await context.close();
});
