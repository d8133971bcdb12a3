/** Fails to compile when `jisou-search.d.ts` says something else than the sources of the element do. */
import type { JisouSearch as Source } from '../element/element.js';
import type { By as SourceBy } from '../element/box.js';
import type { Texts as SourceTexts } from '../element/texts.js';
import type { By, JisouSearch, Texts } from './jisou-search.js';

/** What can be seen of a class, apart from what the browser calls. */
type Public<T> = Omit<T, keyof HTMLElement | 'connectedCallback' | 'disconnectedCallback' | 'attributeChangedCallback'>;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Same names, and each fits the other. */
type Alike<A, B> = Same<keyof A, keyof B> extends true ? (A extends B ? (B extends A ? true : false) : false) : false;

export const alike: [Alike<Public<JisouSearch>, Public<Source>>, Alike<Texts, SourceTexts>, Same<By, SourceBy>] = [true, true, true];

/** As pages use them. */
export function used(box: HTMLElementTagNameMap['jisou-search']): void {
  box.texts = { count: '{n}' };
  box.addEventListener('jisou-select', (event) => event.detail.hit.title.length + event.detail.href.length);
  document.addEventListener('jisou-answered', ({ detail }) => detail.answer.total.toFixed());
}
