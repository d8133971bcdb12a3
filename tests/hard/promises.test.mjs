/** SECURITY.md names tests that are there, and no package of npm runs in a page. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const read = (name) => readFile(join(root, name), 'utf8');

test('every promise of SECURITY.md names a test, and every test it names is there', async () => {
  const text = await read('SECURITY.md');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.includes('held by'));
  assert.ok(rows.length >= 12);
  for (const row of rows) assert.match(row, /\]\(tests\/|`fuzz\/targets\//, row);
  const files = [...text.matchAll(/\]\((?!https?:)([^)]*)\)/g), ...text.matchAll(/`((?:fuzz|crates)\/[\w/.]+)`/g)].map(([, name]) => name);
  const targets = text.match(/`fuzz\/targets\/\{(.*)\}\.rs`/)[1].split(',').map((name) => `fuzz/targets/${name}.rs`);
  for (const name of [...files, ...targets]) assert.ok(existsSync(join(root, name)), name);
  const declared = [...(await read('fuzz/Cargo.toml')).matchAll(/path = "(targets\/.*)"/g)].map(([, name]) => `fuzz/${name}`);
  for (const name of declared) assert.ok(files.includes(name) || targets.includes(name), `${name} is mentioned`);
});

test('scripts that run in a page import nothing but each other', async () => {
  const names = (await readdir(join(root, 'www'), { recursive: true })).filter((name) => name.endsWith('.js'));
  assert.ok(names.length > 20);
  for (const name of names) {
    const imported = [...(await read(join('www', name))).matchAll(/^(?:import|export) (?:[^'"]* from )?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm)];
    for (const [, fixed, dynamic] of imported) assert.match(fixed ?? dynamic, /^\.\.?\//, name);
  }
  for (const name of ['package.json', 'packages/npm/package.json']) assert.deepEqual(Object.keys(JSON.parse(await read(name)).dependencies ?? {}), [], name);
});
