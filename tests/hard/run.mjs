/**
 * `make hard`: everything that takes minutes, one after the other, and one table of what was tried and how much of it was lost.
 * What a step has to say for the table stands in lines `figure: WHAT | TRIED | LOST` of its output.
 *
 *   node tests/hard/run.mjs [WORD]     only the steps with this word in their name
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');
const node = (...files) => ['node', ['--test', '--test-concurrency=1', '--test-reporter=tap', ...files]];
const e2e = (...names) => node(...names.map((name) => `tests/e2e/${name}.test.mjs`));

/** Name, command, arguments; `faults` if every test of it is a fault that is injected. */
const STEPS = [
  ['indexes and queries, natively', 'cargo', ['test', '--locked', '--release', '-p', 'jisou', '--test', 'hard', '--', '--include-ignored', '--nocapture', '--test-threads=1']],
  ['memory of the module', ...node('tests/hard/memory.test.mjs')],
  ['three engines, the same answers', ...e2e('engines')],
  ['a hostile site in three engines', ...e2e('hostile-site')],
  ['faults in the page', ...e2e('failures', 'hostile', 'page-life'), 'faults'],
  ['load', 'node', ['tests/hard/load.mjs']],
  ['load, 10,000 pages in pieces', 'node', ['tests/hard/large.mjs']],
  ['fuzzing', 'tools/fuzz.sh', []],
  ['supply', 'tools/supply.sh', []],
];

/** @type {[what: string, tried: string, lost: string][]} */
const figures = [];
const failed = [];
for (const [name, command, args, faults] of STEPS.filter(([name]) => name.includes(process.argv[2] ?? ''))) {
  console.log(`hard: ${name}`);
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, env: { ...process.env, JISOU_HARD: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  const tests = { pass: 0, fail: 0 };
  const read = async (stream) => {
    for await (const line of createInterface({ input: stream })) {
      output.push(line);
      const figure = line.match(/figure: (.*) \| (.*) \| (.*)$/);
      if (figure) figures.push(figure.slice(1));
      const count = line.match(/^# (pass|fail) (\d+)$/);
      if (count) tests[count[1]] += Number(count[2]);
    }
  };
  const code = new Promise((done) => child.on('close', done).on('error', (error) => done(error.message)));
  await Promise.all([read(child.stdout), read(child.stderr)]);
  if ((await code) !== 0) {
    failed.push(name);
    console.error(output.slice(-60).join('\n'));
  }
  if (faults) figures.push(['faults injected in the page', `${tests.pass + tests.fail}`, `${tests.fail}`]);
  console.log(`hard: ${name}: ${(await code) === 0 ? 'kept' : 'BROKEN'}, ${Math.round((Date.now() - started) / 1000)} s`);
}

const fuzzed = figures.filter(([what]) => what.startsWith('inputs fuzzed'));
const sum = (column) => fuzzed.reduce((all, figure) => all + Number(figure[column]), 0);
const hours = fuzzed.reduce((all, [what]) => all + Number(what.match(/(\d+) s$/)?.[1] ?? 0), 0) / 3600;
figures.push([`inputs fuzzed, all targets, ${hours.toFixed(2)} hours`, `${sum(1)}`, `${sum(2)}`]);

const wide = [0, 1, 2].map((column) => Math.max(...figures.map((figure) => figure[column].length), 5));
const row = ([what, tried, lost]) => `${what.padEnd(wide[0])}  ${tried.padStart(wide[1])}  ${lost.padStart(wide[2])}`;
console.log(`\n${row(['what', 'tried', 'lost'])}`);
for (const figure of figures) console.log(row(figure));
if (failed.length > 0) {
  console.error(`\nhard: broken: ${failed.join(', ')}`);
  process.exitCode = 1;
}
