/**
 * The class behind `<jisou-search>`: its attributes, properties and methods. What they mean is listed in `jisou-search.js`.
 */
import { Box, emit } from './box.js';
import { hasMarks } from './handoff.js';
import { languageOf } from './language.js';
import { hrefBy, trailOf } from './links.js';
import { HERE, openIndex } from './loading.js';
import { Session } from './session.js';
import { sheet } from './sheet.js';
import { textsIn } from './texts.js';

/**
 * @typedef {import('./state.js').Hit} Hit
 * @typedef {import('./texts.js').Texts} Texts
 */

/**
 * What a page may set as properties.
 * @typedef {object} Own
 * @property {Partial<Texts>} texts in place of the built-in ones
 * @property {Readonly<Record<string, string>>} names of filters and sorts for people, by their names in the index
 * @property {((hit: Hit, anchor: string, query: string) => string) | null} linkTo the address that a hit leads to
 * @property {((hit: Hit) => string) | null} describe the line under the title of a hit
 */

export class JisouSearch extends HTMLElement {
  static observedAttributes = ['mode', 'src', 'lang', 'label', 'placeholder'];

  /** From the first box on: what the page has put into the element is shown until then. @type {ShadowRoot | undefined} */
  #root;
  /** @type {Box | null} */
  #made = null;
  /** The task that is to make the box, of its own so that many boxes do not hold up a page; 0 if none is. */
  #later = 0;
  #query = '';
  /** @type {Own} */
  #own = { texts: {}, names: {}, linkTo: null, describe: null };

  connectedCallback() {
    this.#adopt();
    // Asking for the box makes it, unless it was wanted before.
    this.#later = setTimeout(() => this.#box);
  }

  disconnectedCallback() {
    clearTimeout(this.#later);
    this.#later = 0;
    this.#stop()?.stop();
  }

  #connect() {
    this.#later = 0;
    const before = this.querySelector('input');
    const focused = before !== null && before === before.ownerDocument.activeElement;
    this.#start(before?.value || this.#query, this.#session());
    if (focused) this.focus();
    if (!this.hasAttribute('no-mark') && hasMarks()) import('../jisou-mark.js');
  }

  /** The box; made now if somebody wants it before its turn. */
  get #box() {
    if (this.#later) this.#connect();
    return this.#made;
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    this.#restart(name !== 'src');
  }

  /**
   * Leads to the box, or to the button that opens it.
   * @override
   * @param {FocusOptions} [options]
   */
  focus(options) {
    const { trigger, input } = this.#box?.shell ?? {};
    (trigger ?? input)?.focus(options);
  }

  /** Whether the panel is shown. */
  get opened() {
    return this.#box?.session.state.opened ?? false;
  }

  /** What the box holds, without text that is still being composed. */
  get query() {
    return this.#box?.session.state.query ?? this.#query;
  }

  get texts() {
    return this.#own.texts;
  }

  set texts(texts) {
    this.#set({ texts });
  }

  get names() {
    return this.#own.names;
  }

  set names(names) {
    this.#set({ names });
  }

  get linkTo() {
    return this.#own.linkTo;
  }

  set linkTo(linkTo) {
    this.#set({ linkTo });
  }

  get describe() {
    return this.#own.describe;
  }

  set describe(describe) {
    this.#set({ describe });
  }

  /**
   * The open index, loaded if it has not been.
   * @returns {Promise<import('../jisou.js').Index>} rejects with a `JisouError`
   */
  async ready() {
    if (!this.#box) throw new Error('The box is not in a document: connect it first.');
    return this.#box.session.ready();
  }

  /**
   * Shows the panel and leads to the box.
   * @param {{ focus?: boolean }} [options] `focus`: whether the box takes the focus; default true
   */
  open({ focus = true } = {}) {
    this.#box?.open('page', focus);
  }

  /** Hides the panel; the text stays. */
  close() {
    this.#box?.close();
  }

  /**
   * Puts a query into the box and answers it.
   * @param {string} query
   */
  search(query) {
    this.#query = query;
    this.#box?.ask(query, 'page');
  }

  /** @param {Partial<Own>} own */
  #set(own) {
    Object.assign(this.#own, own);
    if ('texts' in own) this.#restart(true);
    else this.#made?.view.renew(this.#looks(), this.#made.session.state);
  }

  /** A property that was set before the class was known stands in the way of its setter. */
  #adopt() {
    for (const name of /** @type {(keyof Own)[]} */ (Object.keys(this.#own))) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      Reflect.deleteProperty(this, name);
      this.#set({ [name]: value });
    }
  }

  /**
   * @param {string} query
   * @param {Session} session
   */
  #start(query, session) {
    this.#root ??= this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [sheet];
    this.#made = new Box(this, this.#root, session, this.#looks());
    this.#made.begin(query);
  }

  /** Takes the box down and gives its session. */
  #stop() {
    const session = this.#box?.session;
    this.#query = this.query;
    this.#box?.stop();
    this.#made = null;
    return session;
  }

  /**
   * After something that the whole box depends on has changed.
   * @param {boolean} keep whether the same index goes on answering
   */
  #restart(keep) {
    if (!this.#made) return;
    const { root, input } = this.#made.shell;
    const focused = root.activeElement === input;
    const session = this.#stop();
    if (!keep) session?.stop();
    this.#start(this.#query, keep && session ? session : this.#session());
    if (focused) this.#made.shell.input.focus({ preventScroll: true });
  }

  #session() {
    return new Session({
      open: () => openIndex(this.getAttribute('src') ?? ''),
      texts: () => this.#texts(),
      changed: (state, before) => this.#box?.changed(state, before),
      asking: (query, options) => emit(this, 'jisou-search', { query, options }, true),
      answered: (answer) => emit(this, 'jisou-answered', { answer }),
      ready: (index) => emit(this, 'jisou-ready', { index }),
      failed: (error) => emit(this, 'jisou-error', { error }),
    });
  }

  /** @returns {Texts} */
  #texts() {
    const texts = textsIn(languageOf(this), this.#own.texts);
    return { ...texts, label: this.getAttribute('label') ?? texts.label, placeholder: this.getAttribute('placeholder') ?? texts.placeholder };
  }

  /** @returns {import('./view.js').Looks} */
  #looks() {
    const [base, src] = [this.getAttribute('base'), this.getAttribute('src')];
    // Pages lie beside the folder of the bundle, unless the page says otherwise.
    const folder = src === null ? HERE : new URL(src, document.baseURI).href;
    const root = base === null ? new URL('../', folder).href : new URL(base, document.baseURI).href;
    const { names, describe, linkTo } = this.#own;
    return { texts: this.#texts(), names, base: root, describe: describe ?? trailOf, hrefOf: hrefBy(root, linkTo) };
  }
}
