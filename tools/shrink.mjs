/**
 * Leaves the texts of panics out of the module:
 *
 *   node tools/shrink.mjs IN.wasm OUT.wasm
 *
 * A panic ends in a trap, and nobody reads its message: the module has no output to write it to. But the message, its
 * formatting and the place in the source are handed over at every check of an index. So the functions of the standard
 * library that start a panic, which never return, get the trap itself as their body; what only they used is removed
 * by wasm-opt afterwards. (The compiler's own switch for this is not in the stable toolchain.)
 */
import { readFile, writeFile } from 'node:fs/promises';
import binaryen from 'binaryen';

/** Formatting: after that only dead table entries name it, and the error texts of serde, which nobody formats either. */
const FORMATTING = /(^|as |<)(core|alloc|std)(\[\w+\])?::fmt::|::fmt::(Display|Debug|Write)>::|FormatStringPayload/;
/** Names, by the module they stand in, of the standard library's functions that only panic. */
const PANICS = /::(panicking|slice::index|raw_vec|alloc|option|result|cell|str|vec|local)::.*(panic|fail|overflow|handle_error|handle_alloc_error)/;

const [input, output] = process.argv.slice(2);
if (!input || !output) throw new Error('usage: node tools/shrink.mjs IN.wasm OUT.wasm');
const module = binaryen.readBinary(await readFile(input));
const all = Array.from({ length: module.getNumFunctions() }, (_, at) => module.getFunctionByIndex(at));
// Only what cannot return: its body, as a whole, has no value and no end.
const endless = ({ body, results }) =>
  results === binaryen.none && binaryen.getExpressionType(body) === binaryen.unreachable;
const panics = all
  .map((fn) => binaryen.getFunctionInfo(fn))
  .filter((fn) => fn.body && ((PANICS.test(fn.name) && endless(fn)) || FORMATTING.test(fn.name)));
if (panics.length === 0) {
  throw new Error(`${input}: no function of the standard library panics; are the names stripped?`);
}
for (const { name, params, results } of panics) {
  module.removeFunction(name);
  module.addFunction(name, params, results, [], module.unreachable());
}
binaryen.setDebugInfo(true);
await writeFile(output, module.emitBinary());
