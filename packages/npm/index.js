/**
 * Jisou from a build script: `await index('dist')` at the end of a build makes the site searchable.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { program } from './program.js';

const run = promisify(execFile);

/** Options with one value, and those with several. Names are those of the command, without dashes. */
const SINGLE = ['output', 'content', 'maxFileSize', 'baseUrl', 'config'];
const SEVERAL = ['ignore', 'exclude'];
const LISTS = ['types', 'meta'];

/** @param {string} name */
const flag = (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Indexes a folder of built HTML, of Markdown or texts, or a file of records.
 * @param {string} dir
 * @param {import('./index.js').IndexOptions} [options]
 * @returns {Promise<import('./index.js').Report>}
 */
export async function index(dir, options = {}) {
  const args = ['index', dir, '--json'];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (SINGLE.includes(name)) args.push(flag(name), String(value));
    else if (SEVERAL.includes(name)) for (const one of [value].flat()) args.push(flag(name), one);
    else if (LISTS.includes(name)) args.push(flag(name), [value].flat().join(','));
    else if (name === 'strict') args.push(...(value ? ['--strict'] : []));
    else throw new TypeError(`index() has no option ${name}`);
  }
  try {
    const { stdout } = await run(program(), args, { maxBuffer: 1 << 28 });
    return JSON.parse(stdout);
  } catch (error) {
    const text = String(error.stderr ?? '').trim();
    throw Object.assign(new Error(text || error.message, { cause: error }), { code: error.code });
  }
}
