/** The npm package as its users meet it: packed, installed into an empty folder, called by name and from a script. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const pkg = resolve(import.meta.dirname, '..', '..', 'pkg');
const folder = mkdtempSync(join(tmpdir(), 'jisou-npm-'));
const run = (command, args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

before(() => {
  const tarball = readdirSync(pkg).find((name) => /^jisou-.*\.tgz$/.test(name));
  assert.ok(tarball, 'tools/npm.sh makes the tarball');
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  mkdirSync(join(folder, 'public'));
  writeFileSync(join(folder, 'public', 'a.html'), '<title>春</title><p>盼望着,东风来了。');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', join(pkg, tarball)]);
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('npx jisou index', () => {
  const out = run('npx', ['--offline', 'jisou', 'index', 'public']);
  assert.match(out, /1 page from 1 file/);
  assert.match(run('npx', ['--offline', 'jisou', 'search', 'public/jisou', '东风']), /\/a\.html/);
  const { status, stderr } = spawnSync('npx', ['--offline', 'jisou', 'index', 'nowhere'], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /nowhere: cannot be read/);
});

test('index() from a build script', () => {
  const script = `
    import { index } from 'jisou';
    const report = await index('public', { output: 'out', ignore: ['.x'], types: ['html'], strict: true });
    const error = await index('nowhere').catch((error) => error);
    console.log(JSON.stringify([report.pages, Object.keys(report.bundle).includes('jisou.js'), error.code, error.message]));
  `;
  writeFileSync(join(folder, 'build.js'), script);
  const [pages, hasScript, code, message] = JSON.parse(run('node', ['build.js']));
  assert.deepEqual([pages, hasScript, code], [1, true, 1]);
  assert.match(message, /check that it exists/);
});
