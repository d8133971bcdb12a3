/**
 * A box that is in a document: what the reader does with it, and what it does in return. It lasts from connecting to
 * disconnecting; what listens then ends with {@link Box.stop}.
 */
import { alike, followAddress } from './address.js';
import { watchAway } from './away.js';
import { on } from './dom.js';
import { leaveMarks, termsOf } from './handoff.js';
import { forget, readHistory, remember } from './history.js';
import { watchBoxKeys, watchHotkeys } from './keys.js';
import { build } from './shell.js';
import { entriesOf, isBlank } from './state.js';
import { watchTyping } from './typing.js';
import { View, spoken } from './view.js';

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./session.js').Session} Session
 *
 * Whose wish it is that a box opens.
 * @typedef {'reader' | 'page' | 'address'} By
 */

/** Screen readers are told the count when the typing rests, not at every letter; in milliseconds. */
const SPOKEN_AFTER = 600;

export class Box {
  #end = new AbortController();
  #speaking = 0;
  /** @type {By} */
  #by = 'page';

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   * @param {Session} session
   * @param {import('./view.js').Looks} looks
   */
  constructor(host, root, session, looks) {
    const { signal } = this.#end;
    const mode = /** @type {const} */ (['inline', 'page']).find((mode) => mode === host.getAttribute('mode')) ?? 'button';
    const param = host.getAttribute('param') ?? 'q';
    this.host = host;
    this.session = session;
    this.mode = mode;
    this.shell = build(root, mode, looks.texts);
    this.view = new View(this.shell, looks);
    this.address = param === 'none' ? null : followAddress(param, (wish) => this.#went(wish), signal);
    this.composing = watchTyping(this.shell.input, (text, tentative) => this.#typed(text, tentative), signal);
    this.#listen(signal);
    if (mode === 'page') session.state = { ...session.state, opened: true };
    const { state } = session;
    this.shell.input.value = state.query;
    this.view.render(state);
    this.#show(state.opened);
  }

  /**
   * Answers what was wished for before the box was there.
   * @param {string} query empty for what the address says
   */
  begin(query) {
    // Letters typed before this script arrived are a newer wish than the address.
    const said = this.address?.wish;
    const wish = query || said?.query || '';
    if (!isBlank(wish) && wish !== this.session.state.query) this.ask(wish, 'address', wish === said?.query ? said : {});
  }

  /** Takes everything down but the session. */
  stop() {
    clearTimeout(this.#speaking);
    this.#end.abort();
    this.shell.root.replaceChildren();
  }

  /**
   * @param {By} by
   * @param {boolean} focus
   */
  open(by, focus) {
    const { session, shell } = this;
    if (!session.state.opened) {
      if (!emit(this.host, 'jisou-open', { by }, true)) return;
      if (!this.host.hasAttribute('no-history')) session.dispatch({ type: 'remembered', history: readHistory() });
      this.#by = by;
      session.dispatch({ type: 'opened' });
      session.wake();
    }
    if (!focus) return;
    shell.input.focus({ preventScroll: true });
    shell.input.select();
  }

  close() {
    if (this.session.state.opened && emit(this.host, 'jisou-close', {}, true)) this.session.dispatch({ type: 'closed' });
  }

  /**
   * @param {string} query
   * @param {By} by
   * @param {Partial<import('./state.js').Refinement>} [refinement] filters and sort, if others than are chosen
   */
  ask(query, by, refinement) {
    this.shell.input.value = query;
    this.#typed(query, false, by, refinement);
  }

  /**
   * @param {State} state
   * @param {State} before
   */
  changed(state, before) {
    const { view, shell, address, host } = this;
    view.render(state);
    address?.show(state.opened || this.mode === 'page' ? state.query : '', state);
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => (shell.status.textContent = spoken(view.looks.texts, state)), SPOKEN_AFTER);
    if (state.query !== before.query) emit(host, 'jisou-query', { query: state.query });
    if (state.opened === before.opened) return;
    this.#show(state.opened);
    if (state.opened) emit(host, 'jisou-opened', { by: this.#by });
    else emit(host, 'jisou-closed', {});
  }

  /** @param {boolean} opened */
  #show(opened) {
    const { frame } = this.shell;
    this.host.toggleAttribute('opened', opened);
    if (!(frame instanceof HTMLDialogElement) || frame.open === opened) return;
    if (opened) frame.showModal();
    else frame.close();
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { host, mode, session, shell } = this;
    const { input, frame, form, root, trigger } = shell;
    const keys = {
      /** @param {1 | -1} by */
      move: (by) => {
        if (input.getAttribute('aria-expanded') !== 'true') return false;
        session.dispatch({ type: 'moved', by });
        return true;
      },
      /** @param {KeyboardEvent} event */
      enter: (event) => this.#enter(event),
      escape: () => this.#escape(),
    };
    watchBoxKeys(input, keys, signal);
    const hotkey = () => {
      if (mode === 'page') input.select();
      else this.open('reader', true);
      return mode === 'page' || session.state.opened;
    };
    if (!host.hasAttribute('no-hotkeys')) watchHotkeys(host, hotkey, signal);
    if (mode === 'inline') watchAway(host, () => this.close(), signal);
    // Without this script the form asks for the page with `?q=`; with it the answer is already there.
    on(form, 'submit', signal, (event) => event.preventDefault());
    on(input, 'focus', signal, () => mode === 'inline' && this.open('reader', false));
    for (const wanted of [trigger ?? input, input]) for (const type of ['pointerenter', 'focus']) on(wanted, type, signal, () => session.wake());
    if (trigger) on(trigger, 'click', signal, () => this.open('reader', true));
    // Escape with the focus beside the input; the input method's own is not for the dialog.
    on(frame, 'cancel', signal, (event) => {
      event.preventDefault();
      if (!this.composing()) this.close();
    });
    on(root, 'pointerdown', signal, (event) => this.#leaveMarks(optionAt(event)));
    on(root, 'click', signal, (/** @type {MouseEvent} */ event) => this.#click(event));
    on(root, 'change', signal, (event) => this.#change(event));
  }

  /**
   * @param {string} text
   * @param {boolean} tentative
   * @param {By} [by]
   * @param {Partial<import('./state.js').Refinement>} [refinement]
   */
  #typed(text, tentative, by = 'reader', refinement) {
    this.session.dispatch({ type: 'typed', text, tentative, ...refinement });
    this.open(by, false);
  }

  /**
   * The reader moved through the history.
   * @param {import('./address.js').Wish} wish
   */
  #went({ query, ...refinement }) {
    const { state } = this.session;
    const mayClose = this.mode !== 'page';
    if (query === state.query && (state.opened || isBlank(query) || !mayClose)) {
      // The same again would be asked for anew, and the list cut to its beginning.
      if (!alike(refinement, state)) this.session.dispatch({ type: 'refined', ...refinement });
      return;
    }
    if (!isBlank(query)) return this.ask(query, 'address', refinement);
    this.#empty(refinement);
    if (mayClose) this.close();
  }

  /** @param {import('./state.js').Refinement} [refinement] */
  #empty(refinement) {
    this.shell.input.value = '';
    this.session.dispatch({ type: 'typed', text: '', tentative: false, ...refinement });
  }

  /** @returns {boolean} false if there was nothing to leave */
  #escape() {
    const { opened, active } = this.session.state;
    const page = this.mode === 'page';
    if (page && !opened) return false;
    if (page && active >= 0) this.session.dispatch({ type: 'rested' });
    else if (!page && opened) this.close();
    else if (this.shell.input.value !== '') this.#empty();
    else return false;
    return true;
  }

  /**
   * Opens the active option; without one, the first. On a phone the key only puts the keyboard away.
   * @param {KeyboardEvent} event
   */
  #enter(event) {
    const { opened, active } = this.session.state;
    if (!opened) return this.open('reader', false);
    if (active < 0 && matchMedia('(pointer: coarse)').matches) return this.shell.input.blur();
    const option = this.view.options()[Math.max(0, active)];
    if (!(option instanceof HTMLAnchorElement) || !option.href) return;
    this.#leaveMarks(option);
    const newTab = event.ctrlKey || event.metaKey;
    if (!this.#select(option, newTab)) return;
    if (newTab) window.open(option.href, '_blank', 'noopener');
    else location.assign(option.href);
    this.#selected(option, newTab);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target instanceof Element ? event.target : null;
    const option = optionAt(event);
    const { session, shell } = this;
    if (option) {
      const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
      if (this.#select(option, newTab)) this.#selected(option, newTab);
      else event.preventDefault();
      return;
    }
    if (target === shell.frame && this.mode === 'button') return this.close();
    const button = target?.closest('button');
    const { query, more, retry, forget: forgotten, filtering, unfilter, close } = button?.dataset ?? {};
    if (query !== undefined) this.ask(query, 'reader');
    else if (more !== undefined) session.dispatch({ type: 'more' });
    else if (retry !== undefined) this.#retry();
    else if (forgotten !== undefined) session.dispatch({ type: 'remembered', history: forget(forgotten) });
    else if (filtering !== undefined) session.dispatch({ type: 'filtering' });
    else if (unfilter !== undefined) session.dispatch({ type: 'refined', chosen: {} });
    else if (close !== undefined) this.close();
    else if (button === shell.clear) this.#empty();
    if (query !== undefined || button === shell.clear) shell.input.focus();
  }

  /** @param {Event} event */
  #change({ target }) {
    if (target instanceof HTMLSelectElement) this.session.dispatch({ type: 'refined', sort: target.value });
    else if (target instanceof HTMLInputElement && target.dataset.name !== undefined) {
      const { name, value = '' } = target.dataset;
      this.session.dispatch({ type: 'chosen', name, value, on: target.checked });
    }
  }

  /** A module that has been loaded cannot be replaced in a running page; the address keeps the query over a reload. */
  #retry() {
    const { session, address, host } = this;
    const replaceable = ['load-failed', 'no-wasm'].includes(session.state.failure) || host.hasAttribute('src') || !address;
    if (replaceable) session.retry();
    else location.reload();
  }

  /**
   * @param {HTMLAnchorElement} option
   * @param {boolean} newTab
   * @returns {boolean} whether the browser is to follow the link
   */
  #select(option, newTab) {
    const { query } = this.session.state;
    const entry = this.#entryOf(option);
    if (!entry) return false;
    this.address?.flush();
    if (!this.host.hasAttribute('no-history')) this.session.dispatch({ type: 'remembered', history: remember(query) });
    const { kind, hit, section, copy } = entry;
    const detail = { query, hit, id: copy ?? hit.id, anchor: kind === 'section' ? (section?.anchor ?? '') : '', href: option.href, newTab };
    return emit(this.host, 'jisou-select', detail, true);
  }

  /**
   * @param {HTMLAnchorElement} option
   * @param {boolean} newTab
   */
  #selected({ href }, newTab) {
    // A link into the page that is open loads nothing that would take the panel away.
    if (!newTab && href.replace(/#.*/s, '') === location.href.replace(/#.*/s, '')) this.close();
    emit(this.host, 'jisou-selected', { href, newTab });
  }

  /** @param {HTMLAnchorElement | null} option */
  #leaveMarks(option) {
    const { answer } = this.session.state;
    const entry = option && this.#entryOf(option);
    if (entry && answer && !this.host.hasAttribute('no-mark')) leaveMarks(option.href, termsOf(answer, entry.hit));
  }

  /** @param {HTMLAnchorElement} option */
  #entryOf(option) {
    return entriesOf(this.session.state.answer)[Number(option.dataset.at)];
  }
}

/**
 * Reports to the page.
 * @template {keyof import('../types/jisou-search.js').JisouSearchEvents} K
 * @param {HTMLElement} host
 * @param {K} type
 * @param {import('../types/jisou-search.js').JisouSearchEvents[K]} detail
 * @param {boolean} [cancelable]
 * @returns {boolean} false if a listener prevented what follows
 */
export function emit(host, type, detail, cancelable = false) {
  return host.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
}

/** @param {Event} event */
function optionAt({ target }) {
  const option = target instanceof Element ? target.closest('[role=option]') : null;
  return option instanceof HTMLAnchorElement ? option : null;
}
