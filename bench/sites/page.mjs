/** What `sites.mjs` runs in the browser, and the drawing of strings. */

/**
 * Reads a page. Runs in the browser: `DOMParser` runs no script and fetches nothing.
 * @param {{ html: string, content: string, title: string, skip: string }} asked
 * @returns {{ title: string, named: string, alt: string, lines: string[], around: string[] } | null} null for a page that asks
 *   not to be found, sends its reader elsewhere, or has no text
 */
export function read({ html, content, title, skip }) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const robots = page.querySelector('meta[name=robots i]')?.getAttribute('content') ?? '';
  if (page.querySelector('meta[http-equiv=refresh i]') || /noindex/i.test(robots)) return null;
  const none = 'script, style, template, noscript, svg, button, select, textarea, iframe, dialog';
  const root = page.querySelector(content);
  const heading = title ? page.querySelector(title) : root?.querySelector('h1');
  const squeezed = (text) => text.replace(/\s+/gu, ' ').trim();
  const BLOCKS = /^(address|article|aside|blockquote|br|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;
  const lines = (node) => {
    let text = '';
    const walk = (inner) => {
      if (inner.nodeType === Node.TEXT_NODE) {
        // A line break of the source is a blank, and none between characters that are set without.
        text += inner.data.replace(/\s+/gu, (blank) => (inner.parentElement.closest('pre') ? blank : blank.includes('\n') ? '\u{e000}' : ' '));
      }
      if (inner.nodeType !== Node.ELEMENT_NODE) return;
      const block = BLOCKS.test(inner.localName);
      if (block) text += '\n';
      for (const child of inner.childNodes) walk(child);
      if (block) text += '\n';
    };
    walk(node);
    return text.split('\n').map(squeezed).filter((line) => line.replaceAll('\u{e000}', '').trim() !== '');
  };
  const named = squeezed(page.title);
  const name = heading ? squeezed(heading.textContent.replace(/^[#\s]+|[#¶\s\u{200b}\u{f0c1}]+$/gu, '')) : '';
  const alt = [...(root?.querySelectorAll('img[alt]') ?? [])].map((image) => image.alt).join('\n');
  for (const element of page.querySelectorAll(none)) element.remove();
  if (!root) return null;
  for (const element of skip ? root.querySelectorAll(skip) : []) element.remove();
  const text = lines(root).map((line) => line.replace(/(?<=[\p{Script=Han}\p{P}])[ \u{e000}]*\u{e000}[ \u{e000}]*(?=[\p{Script=Han}\p{P}])/gu, '').replaceAll('\u{e000}', ' '));
  root.remove();
  const around = lines(page.body).map((line) => squeezed(line.replaceAll('\u{e000}', ' ')));
  return text.length > 0 ? { title: name, named, alt, lines: text, around: [...new Set(around)] } : null;
}

/**
 * Asks the bundle beside the page. Runs in the browser.
 * @param {string[]} queries
 * @returns {Promise<Record<string, { url: string, tier: string }[]>>} all hits of each, with the paths of their addresses
 */
export async function search(queries) {
  const { open } = await import('/jisou/jisou.js');
  const index = await open();
  const answers = {};
  for (const query of new Set(queries)) {
    const { hits } = await index.search(query, { limit: Infinity });
    answers[query] = hits.map(({ url, tier }) => ({ url: decodeURIComponent(new URL(url, location.href).pathname), tier }));
  }
  return answers;
}

/**
 * Draws strings from the content of pages: 2 to 10 Chinese characters, and 4 to 16 of letters, digits, characters and blanks. The
 * same pages give the same strings; each page is as likely as any other.
 * @param {{ lines: string[] }[]} pages
 * @param {number} count
 * @returns {string[]}
 */
export function draw(pages, count) {
  const random = generator(20240229);
  const runs = [/\p{Script=Han}{2,}/gu, /[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*/gu].map((pattern, mixed) =>
    pages.map((page) => page.lines.flatMap((line) => line.match(pattern) ?? []).filter((run) => [...run].length >= (mixed ? 4 : 2))),
  );
  const drawn = new Set();
  for (let tries = 0; drawn.size < count && tries < 50 * count; tries++) {
    const mixed = drawn.size % 2;
    const page = runs[mixed][random(pages.length)];
    if (page.length === 0) continue;
    const run = [...page[random(page.length)]];
    const [least, most] = mixed ? [4, 16] : [2, 10];
    const length = Math.min(run.length, least + random(most - least + 1));
    const start = random(run.length - length + 1);
    const string = run.slice(start, start + length).join('').trim();
    if ([...string].length >= least) drawn.add(string);
  }
  return [...drawn];
}

/** Whole numbers below a bound, by the generator mulberry32. */
function generator(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
