// The WebAssembly glue lies beside these files as `jisou_engine.js` once the page is built; its types are the
// ones that wasm-pack generated, so that the compiler checks the page against the module as it is.
export * from '../pkg/jisou.js';
export { default } from '../pkg/jisou.js';
