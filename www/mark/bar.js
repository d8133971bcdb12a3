/** The small bar that walks through the marks of a page. It lives in a shadow root, so that neither style touches the other. */

/** @typedef {{ group: string, previous: string, next: string, close: string }} Words */

/** @type {Record<'zh-CN' | 'zh-TW' | 'en', Words>} */
const WORDS = {
  'zh-CN': { group: '命中的位置', previous: '上一处', next: '下一处', close: '关闭标记' },
  'zh-TW': { group: '命中的位置', previous: '上一處', next: '下一處', close: '關閉標記' },
  en: { group: 'Hits on this page', previous: 'Previous hit', next: 'Next hit', close: 'Close marks' },
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { all: initial; position: fixed; z-index: 2147483000; inset: auto 1rem max(1rem, env(safe-area-inset-bottom)) auto; color-scheme: light dark; }
:host([hidden]) { display: none; }
div {
  display: flex; align-items: center; padding: 0 .125rem 0 1rem; border: 1px solid #8886; border-radius: 99px;
  background: Canvas; color: CanvasText; box-shadow: 0 .375rem 1.5rem #0003; font: 14px/1 system-ui, sans-serif; font-variant-numeric: tabular-nums;
}
output { min-width: 3.25em; text-align: center; }
button { width: 2.75rem; height: 2.75rem; border: 0; border-radius: 99px; background: none; color: inherit; font: 18px/1 system-ui, sans-serif; cursor: pointer; }
button:hover { color: var(--jisou-accent, #9d2a1c); }
button:focus-visible { outline: 2px solid; outline-offset: -4px; }
@media (prefers-color-scheme: dark) { button:hover { color: var(--jisou-accent, #ee917d); } }
@media print { :host { display: none; } }
`);

/**
 * @param {string} language a BCP 47 tag
 * @param {{ step: (by: 1 | -1) => void, close: () => void }} does
 */
export function bar(language, does) {
  const words = WORDS[!/^zh\b/i.test(language) ? 'en' : /-(TW|HK|MO|Hant)\b/i.test(language) ? 'zh-TW' : 'zh-CN'];
  const host = document.createElement('div');
  host.setAttribute('data-jisou-ignore', '');
  host.role = 'region';
  host.ariaLabel = words.group;
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  const group = document.createElement('div');
  const position = document.createElement('output');
  group.append(
    position,
    button('↑', words.previous, () => does.step(-1)),
    button('↓', words.next, () => does.step(1)),
    button('×', words.close, does.close),
  );
  root.append(group);
  document.body.append(host);
  return {
    /** @param {number} at @param {number} all */
    show: (at, all) => (position.textContent = `${at + 1} / ${all}`),
    remove: () => host.remove(),
  };
}

/**
 * @param {string} sign
 * @param {string} name
 * @param {() => void} does
 */
function button(sign, name, does) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = sign;
  button.ariaLabel = name;
  button.title = name;
  button.addEventListener('click', does);
  return button;
}
