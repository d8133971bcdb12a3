/** What is said when the engine cannot be had, and that it can be had afterwards. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { LIST, dist, newPage, setUp } from './harness.mjs';

const set = setUp();
const WASM = '**/jisou_engine_bg.wasm';

test('without WebAssembly the page says so, and does not fetch the module', async () => {
  const { context, page, messages, requests } = await newPage(set);
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto(set.url);
  await page.getByRole('alert').getByText('WebAssembly').waitFor();
  await page.getByRole('button', { name: '再试一次' }).click();
  await page.getByRole('alert').getByText('WebAssembly').waitFor();
  assert.ok(!requests.some((request) => request.url().endsWith('.wasm')));
  assert.deepEqual(messages, []);
  await context.close();
});

test('a policy that refuses WebAssembly is named as the reason', async () => {
  const { context, page } = await newPage(set);
  await page.route(set.url, async (route) => {
    const body = (await (await route.fetch()).text()).replace("'wasm-unsafe-eval'", '');
    await route.fulfill({ body, contentType: 'text/html;charset=utf-8' });
  });
  await page.goto(set.url);
  await page.getByRole('alert').getByText('wasm-unsafe-eval').waitFor();
  await context.close();
});

const BROKEN = {
  'a module that is not there': (route) => route.fulfill({ status: 404 }),
  'a lost connection': (route) => route.abort(),
  'a page instead of the module': (route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }),
  'garbage under the right type': (route) => route.fulfill({ body: 'garbage', contentType: 'application/wasm' }),
};
for (const [name, answer] of Object.entries(BROKEN)) {
  test(`${name}: the page says so, keeps the text and tries again when asked to`, async () => {
    const { context, page } = await newPage(set);
    await page.route(WASM, answer);
    await page.goto(set.url);
    await page.getByText('暂时不能搜索').waitFor();
    const box = page.getByRole('combobox');
    await box.fill('上海精神');
    const retry = page.getByRole('button', { name: '再试一次' });
    await retry.click();
    await retry.waitFor();
    await page.unroute(WASM);
    await retry.click();
    await page.waitForSelector(LIST);
    assert.equal(await box.inputValue(), '上海精神');
    assert.equal(await page.locator('[role=option] mark').first().textContent(), '上海精神');
    await context.close();
  });
}

for (const [name, at] of Object.entries({ 'of another version': 4, 'with a flipped bit in its header': 12, 'with a flipped bit inside': 3000 })) {
  test(`an index ${name} is refused, and a repaired one is found again`, async () => {
    const { context, page, messages } = await newPage(set);
    const body = await readFile(join(dist, 'jisou_engine_bg.wasm'));
    const index = body.toString('latin1').search(/JSOU[\x01-\x1f]\0/);
    assert.ok(index > 0, 'the module holds an index');
    body[index + at] ^= 0x40;
    await page.route(WASM, (route) => route.fulfill({ body, contentType: 'application/wasm' }));
    await page.goto(`${set.url}?q=APEC`);
    await page.getByRole('alert').getByText('索引已损坏').waitFor();
    assert.deepEqual(messages, []);
    await page.unroute(WASM);
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.waitForSelector(LIST);
    assert.equal(await page.getByRole('combobox').inputValue(), 'APEC');
    await context.close();
  });
}

test('a host that does not know the type of wasm files is good enough, and the console stays empty', async () => {
  const { context, page, messages } = await newPage(set);
  const body = await readFile(join(dist, 'jisou_engine_bg.wasm'));
  await page.route(WASM, (route) => route.fulfill({ body, contentType: 'application/octet-stream' }));
  await page.goto(`${set.url}?q=APEC`);
  await page.waitForSelector(LIST);
  assert.deepEqual(messages, []);
  await context.close();
});

test('a slow load is shown only when it is slow, and what was typed meanwhile is answered', async () => {
  const { context, page, messages } = await newPage(set);
  let release = () => {};
  const released = new Promise((resolve) => (release = resolve));
  await page.route(WASM, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(set.url);
  await page.getByRole('combobox').fill('上海精神');
  await page.getByText('正在搜索').waitFor();
  release();
  await page.waitForSelector(LIST);
  assert.deepEqual(messages, []);
  await context.close();
});
