/**
 * The search engines that are measured: each makes what a site serves of records, and says how a page asks it. The others are set up in
 * the best way that their documentation gives for Chinese, at the versions in package.json.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import MiniSearch from 'minisearch';
import * as pagefind from 'pagefind';
import { pagesOf } from './pages.mjs';
import { terms } from './terms.mjs';

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} folder of the site, what it is served from
 * @property {(folder: string, source: string, records: import('./pages.mjs').Page[]) => unknown} make
 * @property {(options: { limit: number, worker: boolean }) => Promise<void>} start runs in the page: loads the engine, and leaves `ask`, which
 *   gives the addresses of the first hits as they are shown
 * @property {number} most the most pages that it is asked for
 * @property {RegExp} [always] the files of every first visit
 */

/** @param {string} program the command `jisou` @returns {Engine} */
export const jisou = (program) => ({
  name: 'Jisou',
  folder: 'jisou',
  most: Infinity,
  make: (folder, source) => execFileSync(program, ['index', source, '--output', folder, '--layout', 'cut'], { stdio: 'ignore' }),
  start: async ({ limit, worker }) => {
    const { open } = await import('/jisou/jisou.js');
    const index = await open(undefined, { worker });
    globalThis.ask = async (query) => (await index.search(query, { limit })).hits.map((hit) => hit.url);
  },
  always: /^(jisou\.js|engine-.*\.wasm|root-.*)$/,
});

/**
 * Loads the texts of the first hits, as its own box does. It writes a file for each page, and hosts take 20,000.
 * @type {Engine}
 */
export const PAGEFIND = {
  name: 'Pagefind 1.6.0',
  folder: 'pagefind',
  most: 20_000,
  make: async (folder, source, records) => {
    const { index, errors } = await pagefind.createIndex({ forceLanguage: 'zh' });
    if (!index) throw new Error(errors.join('\n'));
    for (const page of pagesOf(records)) {
      const added = await index.addHTMLFile(page);
      if (added.errors.length > 0) throw new Error(added.errors.join('\n'));
    }
    await index.writeFiles({ outputPath: folder });
    await pagefind.close();
  },
  start: async ({ limit, worker }) => {
    const { createInstance } = await import('/pagefind/pagefind.js');
    const instance = createInstance({ noWorker: !worker });
    await instance.init();
    globalThis.ask = async (query) => {
      const { results } = await instance.search(query);
      return (await Promise.all(results.slice(0, limit).map((result) => result.data()))).map(({ url }) => url);
    };
  },
};

/**
 * Words, and pairs of Han characters; all must be there. It loads its whole index first, 3 MB of M, and has no texts to show.
 * @type {Engine}
 */
export const MINISEARCH = {
  name: 'MiniSearch 7.2.0, pairs',
  folder: 'minisearch',
  most: 2_000,
  make: async (folder, source, records) => {
    const options = { fields: ['title', 'body'], storeFields: ['url', 'title'], tokenize: terms };
    const index = new MiniSearch(options);
    index.addAll(records);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.json'), JSON.stringify(index));
    const contents = `export { default as MiniSearch } from 'minisearch'; export { terms } from './terms.mjs';`;
    const stdin = { contents, resolveDir: import.meta.dirname };
    await build({ stdin, bundle: true, minify: true, format: 'esm', outfile: join(folder, 'minisearch.js') });
  },
  start: async ({ limit }) => {
    const [{ MiniSearch, terms }, json] = await Promise.all([
      import('/minisearch/minisearch.js'),
      fetch('/minisearch/index.json').then((response) => response.text()),
    ]);
    const options = { fields: ['title', 'body'], storeFields: ['url', 'title'], tokenize: terms };
    const index = MiniSearch.loadJSON(json, options);
    const asked = { combineWith: 'AND', prefix: true, boost: { title: 2 } };
    globalThis.ask = async (query) => index.search(query, asked).slice(0, limit).map((hit) => hit.url);
  },
};
