/**
 * Writes crates/cli/types/: the types of the JavaScript API, which the command puts into bundles without having a compiler.
 *
 *   node tools/types.mjs [--check]
 *
 * With `--check` nothing is written; it fails if what lies there is not what the sources give.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const types = join(root, 'crates', 'cli', 'types');
const tsc = createRequire(import.meta.url).resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc');
const out = await mkdtemp(join(tmpdir(), 'jisou-types-'));
try {
  await promisify(execFile)(process.execPath, [
    tsc, '--allowJs', '--declaration', '--emitDeclarationOnly', '--skipLibCheck', '--target', 'es2022',
    '--module', 'es2022', '--moduleResolution', 'bundler', '--outDir', out, join(root, 'www', 'jisou.js'),
  ]);
  for (const name of ['jisou.d.ts', 'errors.d.ts']) {
    const [made, kept] = await Promise.all([readFile(join(out, name), 'utf8'), readFile(join(types, name), 'utf8').catch(() => '')]);
    if (made === kept) continue;
    if (process.argv.includes('--check')) {
      throw new Error(`crates/cli/types/${name} is not what www/ gives: run \`node tools/types.mjs\``);
    }
    await writeFile(join(types, name), made);
  }
} finally {
  await rm(out, { recursive: true, force: true });
}
