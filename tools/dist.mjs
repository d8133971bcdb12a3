/**
 * Writes dist/: exactly the files that a static host serves.
 *
 *   node tools/dist.mjs [--pkg pkg] [--out dist]
 *
 * | file | made of |
 * |---|---|
 * | jisou-search.js | the element with its styles and texts |
 * | jisou-mark.js | the marks on the page that a hit opens |
 * | jisou.js, *.d.ts | the JavaScript API with the module's glue inside, and the types |
 * | jisou_engine_bg.wasm | the module with the index |
 * | jisou_engine.js, jisou_engine.d.ts | the bare glue, for a page that needs no more than its `search()` |
 * | index.html, style.css, app.js | the demo page, with the element inside its script |
 *
 * The scripts import each other instead of holding copies, so all of a page share one module however it mixes them. The
 * first results of the demo page come after five requests: the page, its style, two scripts, the module.
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { pkg: { type: 'string', default: join(root, 'pkg') }, out: { type: 'string', default: join(root, 'dist') } },
});
const pkg = resolve(values.pkg);
const out = resolve(values.out);
const www = join(root, 'www');

const common = {
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

/** Conditions of the glue that never hold when it is handed a compiled module. */
const UNUSED_IN_GLUE = (await readFile(join(root, 'crates/cli/build/unused-in-glue.txt'), 'utf8')).trim().split('\n');

/**
 * The glue lies beside the sources under its deployed name only in dist/; here it is where wasm-pack left it. `engine.js` hands
 * it a compiled module, so what it does with addresses and responses is left out.
 */
const glueFromPkg = {
  name: 'glue-from-pkg',
  setup(build) {
    build.onResolve({ filter: /^\.\/jisou_engine\.js$/ }, () => ({ path: join(pkg, 'jisou.js') }));
    build.onLoad({ filter: /[\\/]jisou\.js$/ }, async ({ path }) => {
      if (path !== join(pkg, 'jisou.js')) return null;
      let contents = await readFile(path, 'utf8');
      for (const condition of UNUSED_IN_GLUE) {
        if (!contents.includes(`if (${condition})`)) throw new Error(`${path} does not ask any more whether ${condition}`);
        contents = contents.replace(`if (${condition})`, 'if (false)');
      }
      return { contents };
    });
  },
};

/** What is imported when it is needed stays a file of its own, beside the others. */
const fetchedLater = {
  name: 'fetched-later',
  setup(build) {
    build.onResolve({ filter: /\/jisou(-mark)?\.js$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/^.*\//, './'), external: true } : null,
    );
  },
};

/** Style sheets that are strings in the sources are minified as what they are. */
const minifiedStyles = {
  name: 'minified-styles',
  setup(build) {
    build.onLoad({ filter: /[\\/]element[\\/]styles[\\/]\w+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const [, css] = /`([^]*)`/.exec(source) ?? [];
      const { code } = await transform(css, { loader: 'css', minify: true, charset: 'utf8' });
      return { contents: `export default ${JSON.stringify(code.trim())}` };
    });
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ['app.js', 'jisou-search.js', 'jisou-mark.js', 'style.css'].map((name) => join(www, name)),
    plugins: [fetchedLater, minifiedStyles],
  }),
  build({ ...common, entryPoints: [join(www, 'jisou.js')], plugins: [glueFromPkg] }),
  copyFile(join(www, 'index.html'), join(out, 'index.html')),
  copyFile(join(pkg, 'jisou_bg.wasm'), join(out, 'jisou_engine_bg.wasm')),
  writeGlue(),
  writeTypes(),
]);
await Promise.all(['app.js', 'jisou-search.js', 'jisou-mark.js', 'jisou.js'].map(squeeze));

/** A second pass over what esbuild has bundled: it looks further, and saves some 2 % of what is sent. */
async function squeeze(name) {
  const path = join(out, name);
  // Nothing here constructs what is not a class, or reads a property for what that does.
  const compress = { passes: 3, keep_fargs: false, unsafe_arrows: true, unsafe_methods: true, pure_getters: true };
  const options = { module: true, ecma: 2022, compress, format: { ecma: 2022 } };
  const { code } = await minify(await readFile(path, 'utf8'), options);
  await writeFile(path, code);
}

/** The glue names the module that it loads by default; both are renamed together. */
async function writeGlue() {
  const glue = await readFile(join(pkg, 'jisou.js'), 'utf8');
  const renamed = glue.replaceAll('jisou_bg.wasm', 'jisou_engine_bg.wasm');
  if (renamed === glue) throw new Error(`${join(pkg, 'jisou.js')} does not name jisou_bg.wasm: was it built with --target web?`);
  const entry = join(out, 'jisou_engine.js');
  await writeFile(entry, renamed);
  await build({ ...common, bundle: false, entryPoints: [entry], allowOverwrite: true });
}

async function writeTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc');
  await promisify(execFile)(process.execPath, [
    tsc, '--allowJs', '--declaration', '--emitDeclarationOnly', '--skipLibCheck', '--target', 'es2022',
    '--module', 'es2022', '--moduleResolution', 'bundler', '--outDir', out,
    join(www, 'jisou.js'), join(www, 'jisou-mark.js'),
  ]);
  // What the scripts are made of is not for those who use them. The element's own types are written by hand, and checked.
  await Promise.all(['engine.d.ts', 'place.d.ts', 'mark', 'element'].map((name) => rm(join(out, name), { recursive: true })));
  await copyFile(join(www, 'types', 'jisou-search.d.ts'), join(out, 'jisou-search.d.ts'));
  await copyFile(join(pkg, 'jisou.d.ts'), join(out, 'jisou_engine.d.ts'));
}
