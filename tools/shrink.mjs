/**
 * Leaves the texts of panics out of the module:
 *
 *   node tools/shrink.mjs IN.wasm OUT.wasm
 *
 * A panic ends in a trap, and nobody reads its message: the module has no output to write it to. But the message, its
 * formatting and the place in the source are handed over at every check of an index. So the functions of the standard
 * library that start a panic, which never return, get the trap itself as their body; what only they used is removed
 * by wasm-opt afterwards. (The compiler's own switch for this is not in the stable toolchain.)
 *
 * The places in the source lie in the module's data, which wasm-opt leaves as it is, so they are cleared here.
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
const bytes = module.emitBinary();
if (clearPlaces(bytes) === 0) throw new Error(`${input}: no place of a panic found; has their layout changed?`);
await writeFile(output, bytes);

/**
 * Clears the places that panics name, `core::panic::Location`: address and length of a source file's name, line, column;
 * and those names. Only the formatting that is gone would read them.
 *
 * @param {Uint8Array} bytes the module, changed in place
 * @returns {number} how many there were
 */
function clearPlaces(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @type {Uint8Array[]} */
  const found = [];
  for (const { address, data } of dataSegments(bytes)) {
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
    for (let at = -address & 3; at + 16 <= data.length; at += 4) {
      const word = (n) => view.getUint32(data.byteOffset - bytes.byteOffset + at + 4 * n, true);
      const [start, length, line, column] = [word(0) - address, word(1), word(2), word(3)];
      const named = start >= 0 && length < 200 && /^[\w/.-]+\.rs$/.test(text.slice(start, start + length));
      if (named && line > 0 && line < 1e5 && column > 0 && column < 1e3) {
        found.push(data.subarray(at, at + 16), data.subarray(start, start + length));
      }
    }
  }
  found.forEach((part) => part.fill(0));
  return found.length / 2;
}

/**
 * The data of a module, with the addresses it is put at. Only what rustc writes is understood: segments of memory 0 at a
 * constant address.
 *
 * @param {Uint8Array} bytes
 * @returns {{ address: number, data: Uint8Array }[]}
 */
function dataSegments(bytes) {
  let at = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const segments = [];
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = number() + at;
    if (section === 11) {
      for (let left = number(); left > 0; left--) {
        if (number() !== 0 || bytes[at++] !== 0x41) throw new Error('a data segment without a constant address');
        const address = number();
        if (bytes[at++] !== 0x0b) throw new Error('a data segment without a constant address');
        const length = number();
        segments.push({ address, data: bytes.subarray(at, at + length) });
        at += length;
      }
    }
    at = end;
  }
  return segments;
}
