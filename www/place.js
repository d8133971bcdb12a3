/**
 * Where the files lie that belong to these modules. Other copies of this file stand in its place in what `jisou index` and
 * `jisou embed` write.
 *
 * @typedef {object} Place
 * @property {string | (() => Promise<BufferSource>)} engine the module's address, relative to this script, or its bytes
 * @property {string | (() => Promise<Uint8Array>)} index the same of the index, which is compressed with gzip where it is
 *   fetched, unless it is a root, whose name ends in .txt; empty: it is inside the module
 * @property {string} root the root of the site, relative to this script, which addresses that begin with a slash are meant
 *   from; empty: addresses are as they are
 * @property {string} [pieces] the folder of the pieces, relative to this script, where the index is in pieces; `index` is its root
 * @property {boolean} [facets] whether `facets.json` lies beside the pieces, which says what pages can be filtered and sorted by
 * @property {string} [meant] the address of the module that also knows what else may be meant, where the index is in pieces and this script
 *   has the other; then `jisou-meant.js` lies beside it
 */

/** @type {Place} */
export const PLACE = { engine: './jisou_engine_bg.wasm', index: '', root: '' };
