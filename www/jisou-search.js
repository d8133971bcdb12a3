/**
 * `<jisou-search>`: the search box.
 *
 * ```html
 * <script type="module" src="/jisou/jisou-search.js"></script>
 * <jisou-search></jisou-search>
 * ```
 *
 * Nothing but this script is fetched before the reader turns to the box: then `jisou.js` and the module beside it. A plain form
 * inside the element serves until the script has arrived, and without it.
 *
 * @element jisou-search
 *
 * @attr {button | inline | page} mode a button that opens a dialog (default), a box with the hits under it, or a box with the
 *   hits in the flow of the page
 * @attr {string} src the address of a bundle's folder; default the index in the module, else the folder of this script
 * @attr {string} base what relative addresses of the index are relative to; default the folder above the bundle
 * @attr {string} param the parameter of the address that holds the query; default `q`, `none` for none. The first box of a
 *   page with a parameter has it
 * @attr {string} lang zh-CN, zh-TW or en; default the language around the element
 * @attr {string} label what the box is called; default in the texts
 * @attr {string} placeholder default in the texts
 * @attr {light | dark} theme default what the reader's system says
 * @attr {boolean} no-hotkeys `/` and Ctrl/Cmd+K do not lead to this box
 * @attr {boolean} no-history earlier queries are neither kept nor offered
 * @attr {boolean} no-mark pages are not marked when they are opened from this box
 * @attr {boolean} opened set while the panel is shown; not to be set by the page
 *
 * @prop {string} query what the box holds, without text that is being composed; read only
 * @prop {boolean} opened whether the panel is shown; read only
 * @prop {Partial<Texts>} texts in place of the built-in ones: the keys are those of `element/texts/zh-CN.js`
 * @prop {Record<string, string>} names of filters and sorts for people, by their names in the index
 * @prop {(hit, anchor, query) => string} linkTo the address that a hit leads to
 * @prop {(hit) => string} describe the line under the title of a hit; default its folders and date
 *
 * @method open({ focus = true }) shows the panel, and puts the focus into the box
 * @method close() hides the panel; the text stays
 * @method search(query) puts a query into the box and answers it
 * @method ready() promises the open index of the JavaScript API, loading it if need be; rejects with a JisouError
 *
 * @event jisou-open { by: reader | page | address } the panel is about to be shown; cancelable
 * @event jisou-close the panel is about to be hidden; cancelable
 * @event jisou-search { query, options } a query is about to be asked, with options that may be changed; cancelable
 * @event jisou-select { query, hit, id, anchor, href, newTab } a hit is about to be opened; cancelable
 * @event jisou-opened { by }
 * @event jisou-closed
 * @event jisou-query { query } the box holds another query
 * @event jisou-answered { answer } its hits are shown
 * @event jisou-selected { href, newTab }
 * @event jisou-ready { index } the index is open
 * @event jisou-error { error } a JisouError, which the box shows too
 *
 * @slot (default) a form that serves until the script has arrived; never shown afterwards
 * @slot trigger in place of what the button shows
 * @slot start in the panel, while nothing is typed
 * @slot none in the panel, under the message that nothing was found
 * @slot end at the end of the panel
 *
 * @csspart trigger, frame, form, lens, input, clear, close, panel, hints
 * @csspart tools, toggle, sort, filters, completions, notice, summary, history, message, waiting, button
 * @csspart results, group, page, section, copy, title, trail, places, image, heading, excerpt, mark
 *
 * @cssprop --jisou-paper, --jisou-ink, --jisou-soft, --jisou-rule, --jisou-accent, --jisou-active the colours: ground, text, lesser
 *   text, lines, accent, the active line
 * @cssprop --jisou-mark, --jisou-mark-ink, --jisou-mark-current marks and their text; the last on the opened page
 * @cssprop --jisou-shade the colour of shadows
 * @cssprop --jisou-font, --jisou-ui-font, --jisou-size letters of titles and excerpts, of everything else, and their size
 * @cssprop --jisou-radius, --jisou-width, --jisou-layer corners, width of the dialog, z-index of an inline panel
 */
import { JisouSearch } from './element/element.js';

if (!customElements.get('jisou-search')) customElements.define('jisou-search', JisouSearch);

export { JisouSearch };
