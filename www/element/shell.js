/** The parts of a box that stay while what is in its panel changes. */
import { h } from './dom.js';

/**
 * @typedef {'button' | 'inline' | 'page'} Mode
 *
 * @typedef {object} Shell
 * @property {ShadowRoot} root
 * @property {Mode} mode
 * @property {HTMLElement} frame the box and its panel; a `<dialog>` in mode `button`
 * @property {HTMLElement | null} trigger the button that opens the dialog
 * @property {HTMLFormElement} form
 * @property {HTMLInputElement} input
 * @property {HTMLElement} clear
 * @property {HTMLElement} panel everything under the box
 * @property {HTMLElement} tools
 * @property {HTMLElement} content
 * @property {HTMLElement} status the live region
 */

/**
 * Builds a box anew in a shadow root.
 * @param {ShadowRoot} root
 * @param {Mode} mode
 * @param {import('./texts.js').Texts} texts
 * @returns {Shell}
 */
export function build(root, mode, texts) {
  const input = h('input', 'input', {
    name: 'q',
    type: 'text',
    role: 'combobox',
    'aria-label': texts.label,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    placeholder: texts.placeholder,
  });
  const clear = h('button', 'clear', { 'aria-label': texts.clear, hidden: true }, '×');
  const close = mode !== 'page' && h('button', 'close', { 'data-close': true }, texts.close);
  const form = h('form', 'form', { role: 'search' }, lens(), input, mode !== 'button' && key(), clear, close);
  const tools = h('div', 'tools', { hidden: true });
  const content = h('div', '', {});
  const panel = h('div', 'panel', { hidden: true }, tools, content, h('slot', '', { name: 'end' }));
  const status = h('p', 'unseen', { role: 'status' });
  const trigger =
    mode === 'button' ? h('button', 'trigger', { 'aria-haspopup': 'dialog' }) : null;
  trigger?.append(h('slot', '', { name: 'trigger' }, lens(), h('span', '', {}, texts.trigger), key()));
  const frame =
    mode === 'button'
      ? h('dialog', 'frame', { 'aria-label': texts.label }, form, panel, hints(texts), status)
      : h('div', 'frame', {}, form, panel, status);
  root.replaceChildren(...(trigger ? [trigger, frame] : [frame]));
  return { root, mode, frame, trigger, form, input, clear, panel, tools, content, status };
}

/** Drawn by the style sheet: an image would need a permission of the page's policy. */
function lens() {
  return h('span', 'lens', { 'aria-hidden': 'true' });
}

function key() {
  return h('kbd', '', { 'aria-hidden': 'true' }, '/');
}

/** @param {import('./texts.js').Texts} texts */
function hints(texts) {
  const pairs = [['↑↓', texts.keyMove], ['Enter', texts.keyOpen], ['Esc', texts.keyClose]];
  return h('p', 'hints', { 'aria-hidden': 'true' }, ...pairs.flatMap(([key = '', what = '']) => [h('kbd', '', {}, key), h('span', '', {}, what)]));
}
