/**
 * What the box says, in the reader's language, and how values get into it. Values are put in as plain text.
 */
import en from './texts/en.js';
import zhCN from './texts/zh-CN.js';
import zhTW from './texts/zh-TW.js';

/** Every text by its key; a page may replace any of them. @typedef {{ [K in keyof typeof zhCN]: string }} Texts */

/** How the codes begin that tell of damage. */
const DAMAGE = /^(wrong|checksum|corrupt|missing)/;

/**
 * The texts in a language, with some replaced.
 * @param {string} language a BCP 47 tag; all but Chinese is answered in English
 * @param {Partial<Texts>} [replaced]
 * @returns {Texts}
 */
export function textsIn(language, replaced) {
  const texts = !/^zh\b/i.test(language) ? en : /-(TW|HK|MO|Hant)\b/i.test(language) ? zhTW : zhCN;
  return { ...texts, ...replaced };
}

/**
 * A text with its values.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  const forms = text.split('|');
  const form = forms[values.n === 1 ? 0 : forms.length - 1] ?? '';
  return form.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * What is said of an error.
 * @param {Texts} texts
 * @param {string} code of a `JisouError`
 */
export function failureText(texts, code) {
  if (code === 'no-wasm') return texts.noWasm;
  if (code === 'load-failed') return texts.loadFailed;
  return DAMAGE.test(code) ? texts.damaged : texts.unknown;
}

/**
 * A query short enough to stand in a sentence, which puts it in quotation marks of its own.
 * @param {string} query
 */
export function brief(query) {
  const characters = Array.from(query.trim().slice(0, 60).replace(/^"([^"]+)"$/, '$1'));
  return characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : characters.join('');
}
