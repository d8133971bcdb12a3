/**
 * The one kind of error that the JavaScript API rejects with.
 *
 * `code` is stable and meant for programs; `message` is English, meant for developers, and says what to do.
 *
 * | code | meaning |
 * |---|---|
 * | `no-wasm` | the browser or the page's Content-Security-Policy does not allow WebAssembly |
 * | `load-failed` | the module or the index could not be fetched, or what was fetched is not it; opening again tries again |
 * | `no-index` | `open()` without a folder, of a module that has no index inside and none beside it |
 * | `closed` | the index was used after `close()` |
 * | `aborted` | a question to an index in pieces was called off by its signal |
 * | `bad-option` | a query or an option has the wrong type or range |
 * | `in-pieces` | an index in pieces was asked for what only a whole one can tell |
 * | `no-such-page` | `page()` was asked for an id that the index does not have |
 * | `wrong-version` | the index was written for another version of the engine |
 * | `wrong-magic`, `wrong-length`, `checksum`, `corrupt`, `missing-section`, `wrong-piece` | the index is damaged |
 * | `internal` | a fault of the engine itself |
 */
export class JisouError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {unknown} [cause] the error that this one explains
   */
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'JisouError';
    /** @readonly */
    this.code = code;
  }

  /**
   * Any thrown value as a coded error. The engine throws plain `Error`s that carry a `code`; whatever has none
   * (a trap, say) becomes `internal`, so that every rejection can be told apart by its code.
   * @param {unknown} thrown
   * @returns {JisouError}
   */
  static from(thrown) {
    if (thrown instanceof JisouError) return thrown;
    if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') {
      return new JisouError(thrown.code, thrown.message, thrown);
    }
    return new JisouError('internal', `The search engine failed: ${thrown}. Reload the page to start it afresh.`, thrown);
  }
}
