/** What the programs here that drive a browser make of their figures. */

/**
 * The value at or below which `part` of all values lie; 0 if there are none.
 * @param {readonly number[]} values
 * @param {number} part from 0 to 1
 */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * part), 1) - 1] ?? 0;
}
