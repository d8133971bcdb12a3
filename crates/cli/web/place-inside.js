/**
 * The files of a page that has everything inside: the payload is unpacked once, by the script at the end of the page, into the
 * engine and the index.
 */
/** @type {{ engine: Uint8Array, index: Uint8Array }} */
const { engine, index } = globalThis.jisouPayload;

export const PLACE = { engine: async () => engine, index: async () => index.slice(), root: '' };
