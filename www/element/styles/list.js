/** What stands in the panel: the hits, what is said above them, filters, history, messages. */
export default /* css */ `
.tools { font: .875rem/1.5 var(--ui); }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem; }
.toggle, .sort { min-height: 2.75rem; color: var(--soft); }
.toggle:hover { color: var(--accent); }
.toggle[aria-expanded]::after { display: inline-block; margin-inline-start: .375rem; content: '▾'; }
.toggle[aria-expanded='true']::after { content: '▴'; }
.sort { display: flex; align-items: center; gap: .5rem; }
select { min-height: 2.75rem; max-width: 14rem; padding-inline: .375rem; border-radius: 4px; background: var(--paper); color: var(--ink); }
.filters { padding: .25rem 0 .75rem; border-bottom: 1px solid var(--rule); }
fieldset { display: flex; flex-wrap: wrap; gap: 0 1.25rem; border: 0; }
legend { padding-top: .5rem; color: var(--soft); font-size: .8125rem; }
fieldset label { display: flex; align-items: center; gap: .4rem; min-height: 2.75rem; }
fieldset input { width: 1.125rem; height: 1.125rem; accent-color: var(--accent); }
small { color: var(--soft); font-size: .75rem; font-variant-numeric: tabular-nums; }

.summary { display: flex; align-items: baseline; justify-content: space-between; padding-bottom: .5rem; border-bottom: 1px solid var(--ink); font: .8125rem/1.6 var(--ui); color: var(--soft); font-variant-numeric: tabular-nums; }
.summary strong { color: var(--ink); font-size: .9375rem; font-weight: 600; }
.notice {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  min-height: 2.75rem;
  margin-block: .25rem .75rem;
  padding-inline: .75rem .125rem;
  border-inline-start: 3px solid var(--accent);
  background: var(--active);
  font: .875rem/1.6 var(--ui);
}
.summary + .notice { margin-block: .75rem 0; }
.notice > span { padding-block: .5rem; }
.notice > span:first-child { margin-inline-end: .75rem; }
.notice button, .completions button { min-width: 2.75rem; height: 2.75rem; padding: 0 .625rem; color: var(--accent); }
.notice button { text-decoration: underline; text-underline-offset: .25em; }
/* What leads away from the guess stands apart from what confirms it. */
.notice .literally { margin-inline-start: auto; padding-inline-start: 0; color: var(--soft); }

/* One line, there even if it is empty, so that the hits stay where they are while letters are added. */
.completions {
  display: flex;
  height: 2.75rem;
  margin: -.5rem -.625rem 0;
  padding-inline-end: 2rem;
  overflow-x: auto;
  scrollbar-width: none;
  font: .875rem/1.4 var(--ui);
  white-space: nowrap;
  mask-image: linear-gradient(to left, transparent, #000 2rem);
}
.completions li { flex: none; }
/* Titles give way to the others, down to what still says which one it is. */
.completions .long { flex: 0 1 auto; min-width: 8.5em; max-width: 18em; }
.completions button { display: block; max-width: 100%; overflow: hidden; color: var(--soft); text-overflow: ellipsis; white-space: nowrap; }
.completions button:hover { color: var(--accent); }
.completions button:focus-visible { outline-offset: -4px; }

.group { margin-inline: -.75rem; padding-top: .75rem; }
.group::after { display: block; margin: .75rem .75rem 0; border-bottom: 1px solid var(--rule); content: ''; }
.group a { display: block; padding: .375rem .75rem; border-radius: 4px; scroll-margin-block: 1rem; }
.group a span { display: block; }
.group a:hover .title, .group a:hover .heading { color: var(--accent); }
.group a[aria-selected='true'] { background: var(--active); box-shadow: inset 3px 0 var(--accent); }
.page::after { display: table; clear: both; content: ''; }
.title { font-size: 1.1875em; font-weight: 700; line-height: 1.45; }
.group .trail { display: flex; align-items: center; gap: .75rem; margin-block: .125rem .25rem; color: var(--soft); font: .8125rem/1.6 var(--ui); }
.group .places { flex: none; width: 6rem; height: .625rem; border-bottom: 1px solid var(--rule); color: var(--accent); }
.heading { font-size: .9375em; font-weight: 700; line-height: 1.6; }
.heading::before { margin-inline-end: .375rem; color: var(--accent); font-weight: 400; content: '§'; }
.excerpt { font-size: .9375em; line-height: 1.75; }
.section .excerpt { padding-inline-start: 1.1rem; }
.copy { color: var(--soft); font: .8125rem/2 var(--ui); }
.copy b { color: var(--ink); font-weight: 500; }
img { float: inline-end; width: 4rem; height: 4rem; margin-inline-start: 1rem; border-radius: 4px; object-fit: cover; }

.button {
  width: 100%;
  min-height: 2.75rem;
  margin-top: 1.25rem;
  padding: 0 1.25rem;
  border: 1px solid var(--accent);
  border-radius: var(--radius);
  color: var(--accent);
  font: .9375rem/1 var(--ui);
}
.button:hover { background: var(--active); }
.message { padding-block: 1.75rem; }
.message strong { font-size: 1.1875em; }
.message p { margin-top: .5rem; color: var(--soft); }
.message .button { width: auto; }
.waiting { padding-block: 1.75rem; color: var(--soft); }
.stalled > .results, .stalled > .nothing { opacity: .6; }

.history { font: .9375rem/1.5 var(--ui); }
.history p, .history li { display: flex; align-items: center; justify-content: space-between; }
.history strong { color: var(--soft); font-size: .8125rem; font-weight: 400; }
.history button { min-width: 2.75rem; min-height: 2.75rem; color: var(--soft); }
.history p button { font-size: .8125rem; }
.history li button:first-child { flex: 1; overflow: hidden; color: inherit; text-align: start; text-overflow: ellipsis; white-space: nowrap; }
.history li + li { border-top: 1px solid var(--rule); }
.history button:hover { color: var(--accent); }

@media (forced-colors: active) {
  .group a[aria-selected='true'] { outline: 2px solid Highlight; }
  .group .places { border-color: CanvasText; color: Highlight; forced-color-adjust: none; }
}
`;
