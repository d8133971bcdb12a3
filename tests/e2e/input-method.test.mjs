/**
 * Real compositions, through the browser's own protocol: `Input.imeSetComposition` is what an input method does while
 * letters are being chosen, `Input.insertText` confirms. Neither sends the keys, so those are dispatched beside it.
 */
import assert from 'node:assert/strict';
import { LIST, firstMark, highlights, marksIn, pageTest, setUp } from './harness.mjs';

const set = setUp();

/** @param {import('playwright-core').Page} page */
async function inputMethod(page) {
  const protocol = await page.context().newCDPSession(page);
  return {
    /** @param {string} text */
    compose: (text) =>
      protocol.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    /** @param {string} text */
    confirm: (text) => protocol.send('Input.insertText', { text }),
  };
}

/**
 * A key as the page sees it while an input method is at work.
 * @param {import('playwright-core').Locator} box
 * @param {string} key
 * @param {{ isComposing: boolean, keyCode: number }} how
 */
function pressInComposition(box, key, how) {
  return box.evaluate(
    (input, init) => input.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })),
    { key, ...how },
  );
}

pageTest(set, 'pinyin on its way is not the query; the chosen text is', async ({ page, box }) => {
  const ime = await inputMethod(page);
  await box.focus();
  for (const letters of ['s', 'sh', 'shang', "shang'hai"]) await ime.compose(letters);
  await page.waitForTimeout(400);
  assert.equal(await box.inputValue(), "shang'hai");
  assert.equal(await page.locator('.start').count(), 1, 'what is being composed is not reported as not found');
  assert.equal(new URL(page.url()).search, '');
  await ime.confirm('上海');
  await page.waitForSelector(LIST);
  assert.ok((await marksIn(page, '.group >> nth=0 >>')).every((mark) => mark === '上海'));
  await ime.compose("jing'shen");
  await ime.confirm('精神');
  await firstMark(page, '上海精神');
});

pageTest(set, 'a cancelled composition leaves the query as it was', async ({ page, box }) => {
  const ime = await inputMethod(page);
  await box.fill('上海');
  await page.waitForSelector(LIST);
  const count = await page.locator('.summary strong').textContent();
  await ime.compose('jing');
  await ime.compose('');
  assert.equal(await box.inputValue(), '上海');
  assert.equal(await page.locator('.summary strong').textContent(), count);
  await box.pressSequentially('精');
  await firstMark(page, '上海精');
});

pageTest(set, 'keys of the input method are not those of the list', async ({ page, box }) => {
  const ime = await inputMethod(page);
  await box.fill('上海');
  await page.waitForSelector(LIST);
  await ime.compose('jing');
  // 229 without isComposing is the Enter that Safari sends after the composition has ended.
  for (const how of [{ isComposing: true, keyCode: 229 }, { isComposing: false, keyCode: 229 }, { isComposing: true, keyCode: 13 }]) {
    for (const key of ['Enter', 'ArrowDown', 'Escape']) {
      const untouched = await pressInComposition(box, key, how);
      assert.ok(untouched, `${key} ${JSON.stringify(how)} is left to the input method`);
    }
  }
  assert.equal(await page.locator('[part=results]').count(), 1);
  assert.equal(await box.inputValue(), '上海jing');
  assert.equal(await box.getAttribute('aria-activedescendant'), null);
  await ime.confirm('精神');
  await firstMark(page, '上海精神');
  await box.press('Enter');
  await page.waitForSelector('.reading article');
});

pageTest(set, 'a Latin word that a phone keyboard keeps composing is searched after a pause', async ({ page, box }) => {
  const ime = await inputMethod(page);
  await box.focus();
  await ime.compose('APEC');
  await page.waitForSelector(LIST);
  assert.equal((await marksIn(page, '.group >> nth=0 >>'))[0], 'APEC');
  await page.locator('#hit-0').click();
  await page.waitForSelector('.reading article');
  assert.equal(await box.inputValue(), 'APEC');
  assert.equal((await highlights(page))[0], 'APEC');
});
