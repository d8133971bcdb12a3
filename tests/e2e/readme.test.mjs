/** The examples of both READMEs about the box, run as they stand there. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { site } from './fixtures.mjs';
import { LIST, newPage, root, setUp } from './harness.mjs';

const set = setUp();

for (const [name, from, to] of [['README.md', '## The search box', '## In your page'], ['README.zh-CN.md', '## 搜索框', '## 用到网页里']]) {
  test(name, async () => {
    const readme = await readFile(join(root, name), 'utf8');
    const section = readme.slice(readme.indexOf(from), readme.indexOf(to));
    const examples = (kind) => [...section.matchAll(new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``, 'g'))].map(([, code]) => code.replaceAll('/jisou/', './'));
    const [embedding, inline] = examples('html');
    const { context, page, messages } = await newPage(set);
    await site(page, set.url, {
      'page.html': embedding + `<style>${examples('css')}</style><script type="module">customElements.whenDefined('jisou-search').then(() => { ${examples('js')} })</script>`,
      'inline.html': embedding.split('\n')[0] + inline,
    }, { policy: '', head: '' });
    await page.goto(`${set.url}page.html`);
    await page.getByText(/共 \d+ 篇/).waitFor();
    await page.waitForSelector(LIST);
    assert.equal(await page.locator('.page').count(), 5);
    assert.equal(await page.locator('input[role=combobox]').getAttribute('placeholder'), '搜索全部文章');
    assert.match((await page.locator('.page').first().getAttribute('href')) ?? '', /\/read\/\d+_/);
    assert.match((await page.locator('.trail').first().textContent()) ?? '', /\.txt/);
    const { weight, radius } = await page.locator('jisou-search').evaluate((box) => ({
      weight: getComputedStyle(box.shadowRoot.querySelector('.title')).fontWeight,
      radius: getComputedStyle(box.shadowRoot.querySelector('.trigger')).borderRadius,
    }));
    assert.deepEqual([weight, radius], ['500', '0px']);
    await page.keyboard.press('Enter');
    assert.match(page.url(), /page\.html/);
    assert.deepEqual(messages.filter((message) => !/^info: \d+$/.test(message)), []);
    await page.goto(`${set.url}inline.html`);
    const box = page.locator('input[role=combobox]');
    assert.equal(await box.getAttribute('placeholder'), '搜尋文件');
    await box.fill('上海精神');
    await page.getByText(/找到 \d+ 筆/).waitFor();
    await context.close();
  });
}
