/** Colours, measures and letters, each by a custom property that a page may set on the element or around it. */
export default /* css */ `
:host {
  --paper: var(--jisou-paper, light-dark(#fff, #1d1b17));
  --ink: var(--jisou-ink, light-dark(#23201b, #e9e3d6));
  --soft: var(--jisou-soft, light-dark(#686156, #a89f8f));
  --rule: var(--jisou-rule, light-dark(#e2ddd2, #3b362e));
  --accent: var(--jisou-accent, light-dark(#9d2a1c, #ee917d));
  --active: var(--jisou-active, light-dark(#f5f0e5, #2b2721));
  --mark: var(--jisou-mark, light-dark(#ffe294, #5c4712));
  --mark-ink: var(--jisou-mark-ink, light-dark(#23201b, #fff4d6));
  --shade: 0 1.25rem 4rem var(--jisou-shade, light-dark(#281e0a38, #0009));
  --radius: var(--jisou-radius, 6px);
  --ui: var(--jisou-ui-font, system-ui, 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif);
  display: inline-block;
  color: var(--ink);
  color-scheme: light dark;
  font-family: var(--jisou-font, inherit);
  font-size: var(--jisou-size, 1rem);
  font-weight: 400;
  line-height: 1.6;
  letter-spacing: normal;
  text-align: start;
  text-transform: none;
}
:host([hidden]) { display: none; }
:host([mode='inline']), :host([mode='page']) { display: block; }
:host([mode='inline']) { position: relative; }
:host([theme='dark']) { color-scheme: dark; }
:host([theme='light']) { color-scheme: light; }
* { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
ul { list-style: none; }
a { color: inherit; text-decoration: none; }
button, input, select { border: 0; background: none; color: inherit; font: inherit; letter-spacing: inherit; }
button, select, label { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
mark { padding-block: .08em; border-radius: 2px; background: var(--mark); color: var(--mark-ink); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
kbd {
  display: inline-grid;
  place-items: center;
  min-width: 1.5rem;
  height: 1.5rem;
  padding-inline: .35rem;
  border: 1px solid var(--rule);
  border-radius: 4px;
  color: var(--soft);
  font: .75rem/1 var(--ui);
}
`;
