/** Text that is not meant well, in the box and in the address: it is text, it is answered, and it does no harm. */
import assert from 'node:assert/strict';
import { LIST, firstMark, openPage, pageTest, setUp } from './harness.mjs';
import { test } from 'node:test';

const set = setUp();

const QUERIES = {
  'an image with a script': '<img src=x onerror="window.harmed = true">',
  'a script': '"><script>window.harmed = true</script>',
  'a script address': 'javascript:window.harmed=true',
  'character references': '&lt;b&gt; &#0;',
  '100,000 ideographs': '上海精神'.repeat(25_000),
  '100,000 words': 'a '.repeat(50_000),
  'a lone high surrogate': '上海\ud83d',
  'a lone low surrogate': '\ude00精神',
  NUL: '上海\0精神',
  emoji: '👨‍👩‍👧‍👦🇨🇳上海精神😀',
  'punctuation only': '“”‘’——……，。《》',
  'controls and bidi marks': '\u202e\u2066上海\u200b\ufeff\u0301精神',
  'mixed scripts': 'Wi-Fi 한국어 ภาษาไทย العربية 上海',
};

/**
 * As a paste does it: the value at once, then one event.
 * @param {import('playwright-core').Locator} box
 * @param {string} text
 */
function paste(box, text) {
  return box.evaluate((input, units) => {
    input.value = String.fromCharCode(...units.slice(0, 1)) + units.slice(1).map((unit) => String.fromCharCode(unit)).join('');
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  }, Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
}

/** @param {import('playwright-core').Page} page */
async function assertUnharmed(page) {
  assert.equal(await page.evaluate(() => 'harmed' in window), false);
  assert.equal(await page.locator('img, script:not([src]), iframe, object, main script, main style').count(), 0);
  for (const href of await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    assert.match(href ?? './', /^(\.|http:\/\/localhost:\d+)\//);
  }
}

for (const [name, query] of Object.entries(QUERIES)) {
  pageTest(set, `${name} in the box`, async ({ page, box }) => {
    await paste(box, query);
    await page.waitForSelector('[part=results], .nothing', { timeout: 5_000 });
    await assertUnharmed(page);
    if (await page.locator('#hit-0').count()) {
      await page.locator('#hit-0').click();
      await page.waitForSelector('.reading article');
      await assertUnharmed(page);
      await page.goBack();
      await page.waitForSelector(LIST);
      assert.equal((await box.inputValue()).length, query.length, 'the text comes back whole');
    }
    await box.fill('上海精神');
    await firstMark(page, '上海精神');
  });
}

test('hostile addresses', async () => {
  for (const path of [
    `?q=${encodeURIComponent(QUERIES['a script'])}`,
    `#${encodeURIComponent(QUERIES['an image with a script'])}`,
    '?q=%FF%00%ED%A0%80#%E4%zz@@',
    '#javascript:window.harmed=true',
    '#__proto__/constructor',
  ]) {
    const { context, page, messages } = await openPage(set, { path });
    await assertUnharmed(page);
    assert.deepEqual(messages, [], path);
    await context.close();
  }
});
