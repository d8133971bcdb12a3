/** In which language texts are shown. Apart from the texts, for those who have few of their own. */

/**
 * The language of an element: the nearest `lang` around it, through shadow roots, or else the reader's.
 * @param {Element} element
 * @returns {string}
 */
export function languageOf(element) {
  /** @type {Node | null} */
  let at = element;
  while (at) {
    const lang = at instanceof Element && at.getAttribute('lang');
    if (lang) return lang;
    at = at instanceof ShadowRoot ? at.host : at.parentNode;
  }
  return navigator.language;
}
