/**
 * The terms of a text for an engine that knows none of Chinese: words as they are, and every pair of neighbouring Han characters.
 * @param {string} text
 * @returns {string[]}
 */
export function terms(text) {
  const runs = text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}_]+?(?=\p{Script=Han}|[^\p{L}\p{N}_]|$)/gu) ?? [];
  return runs.flatMap((run) => {
    if (!/\p{Script=Han}/u.test(run)) return run;
    const characters = [...run];
    return characters.length === 1 ? run : characters.slice(1).map((character, at) => characters[at] + character);
  });
}
