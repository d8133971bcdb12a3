/** The button, the box, the dialog and the sheet of phones. */
export default /* css */ `
.lens {
  position: relative;
  flex: none;
  width: 1.125rem;
  height: 1.125rem;
  color: var(--soft);
}
.lens::before, .lens::after { position: absolute; content: ''; }
.lens::before { inset: 0 .3rem .3rem 0; border: .125rem solid; border-radius: 50%; }
.lens::after {
  inset: auto .05rem .2rem auto;
  width: .45rem;
  border-top: .125rem solid;
  transform: rotate(45deg);
}
.trigger {
  display: inline-flex;
  align-items: center;
  gap: .5rem;
  min-height: 2.75rem;
  padding: 0 .75rem;
  border: 1px solid var(--rule);
  border-radius: var(--radius);
  background: var(--paper);
  color: var(--soft);
  font: .9375rem/1 var(--ui);
}
.trigger:hover { border-color: var(--soft); color: var(--ink); }
.trigger kbd { margin-inline-start: 1rem; }
.frame { color: var(--ink); }
form {
  display: flex;
  align-items: center;
  gap: .25rem;
  min-height: 3.25rem;
  padding-inline: 1rem .25rem;
  border: 1px solid var(--soft);
  border-radius: var(--radius);
  background: var(--paper);
}
form:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
input[role] {
  flex: 1;
  min-width: 0;
  height: 3rem;
  padding-inline-start: .625rem;
  font-size: max(16px, 1.125em);
  outline: none;
}
input[role]::placeholder { color: var(--soft); opacity: 1; }
form kbd { margin-inline-end: .75rem; }
input:focus + kbd, input:not(:placeholder-shown) + kbd { display: none; }
form button { min-width: 2.75rem; height: 2.75rem; color: var(--soft); }
form button:hover { color: var(--accent); }
.clear { font: 1.5rem/1 var(--ui); }
.close { display: none; padding-inline: .625rem; font: .9375rem/1 var(--ui); white-space: nowrap; }
.panel { overflow-wrap: anywhere; }

dialog {
  position: fixed;
  inset: min(12vh, 7rem) 0 auto;
  flex-direction: column;
  width: min(var(--jisou-width, 44rem), 100vw - 2rem);
  max-height: calc(100dvh - min(12vh, 7rem) - 2rem);
  margin-inline: auto;
  border: 0;
  border-radius: calc(var(--radius) + 4px);
  overflow: hidden;
  background: var(--paper);
  box-shadow: var(--shade);
}
dialog[open] { display: flex; }
dialog::backdrop { background: rgb(30 25 15 / 45%); }
dialog form, dialog form:focus-within {
  flex: none;
  border: 0;
  border-bottom: 1px solid var(--rule);
  border-radius: 0;
  box-shadow: none;
}
dialog form:focus-within { border-bottom-color: var(--accent); }
dialog .close { display: block; }
dialog .panel, :host([mode='inline']) .panel { overflow-y: auto; overscroll-behavior: contain; padding: .75rem 1.25rem 1rem; }
dialog .panel { flex: 1; min-height: 4rem; }
.hints {
  display: flex;
  flex: none;
  align-items: center;
  gap: .4rem;
  padding: .5rem 1.25rem;
  border-top: 1px solid var(--rule);
  color: var(--soft);
  font: .75rem/1 var(--ui);
}
.hints span { margin-inline-end: .875rem; }

:host([mode='inline']) .panel {
  position: absolute;
  z-index: var(--jisou-layer, 10);
  inset: calc(100% + .375rem) 0 auto;
  max-height: min(36rem, 70vh);
  border: 1px solid var(--rule);
  border-radius: var(--radius);
  background: var(--paper);
  box-shadow: var(--shade);
}

@media (pointer: coarse) {
  kbd, .hints { display: none; }
}
@media (max-width: 40rem) {
  .hints { display: none; }
  dialog { inset: 0; width: 100vw; max-width: none; height: 100dvh; max-height: none; border-radius: 0; }
  :host([mode='inline'][opened]) .frame {
    position: fixed;
    z-index: var(--jisou-layer, 10);
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--paper);
  }
  :host([mode='inline'][opened]) form { flex: none; margin: .5rem .75rem; }
  :host([mode='inline']) .panel { position: static; flex: 1; max-height: none; border: 0; box-shadow: none; }
  :host([mode='inline'][opened]) .close { display: block; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: appear .14s ease-out; }
  @keyframes appear { from { opacity: 0; transform: translateY(-.5rem); } }
}
@media (forced-colors: active) {
  .lens::before, .lens::after { border-color: CanvasText; }
  dialog, form, .panel { border: 1px solid; }
}
`;
