/** Records as pages of a site, for an engine that reads HTML. */

/**
 * A line of the corpora; `start` counts code points of the body.
 * @typedef {{ url: string, title: string, body: string, sections: { anchor: string, level: number, start: number }[] }} Page
 */

/**
 * Pages with a title, paragraphs, and headings with their anchors.
 * @param {Page[]} records
 * @returns {Generator<{ url: string, content: string }>}
 */
export function* pagesOf(records) {
  for (const { url, title, body, sections } of records) {
    const headings = new Map(sections.map((section) => [section.start, section]));
    let at = 0;
    const blocks = body.split('\n\n').map((paragraph) => {
      const heading = headings.get(at);
      at += [...paragraph].length + 2;
      const tag = heading ? `h${Math.min(Math.max(heading.level, 2), 6)}` : 'p';
      const id = heading?.anchor ? ` id="${escaped(heading.anchor)}"` : '';
      return `<${tag}${id}>${escaped(paragraph)}</${tag}>`;
    });
    const name = escaped(title);
    const content = `<!doctype html><html lang=zh><title>${name}</title><main><h1>${name}</h1>${blocks.join('\n')}</main></html>`;
    yield { url, content };
  }
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
