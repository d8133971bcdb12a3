/**
 * What is asked for besides a query, as the engine reads it.
 */
import { JisouError } from './errors.js';

/**
 * `filters` and `sort` in one text: three fields for each thing that is asked for, all divided by U+0000. What the index does not have is
 * refused by name: pages that pass something unknown would be a wrong answer.
 * @param {import('./jisou.js').SearchOptions} options
 * @param {{ filters: () => { name: string }[], sorts: () => { name: string }[] }} there what the index has
 */
export function selection({ filters, sort }, there) {
  /** @type {string[]} */
  const fields = [];
  /** @type {(what: 'filters' | 'sorts', name: string) => void} */
  const know = (what, name) => {
    const list = there[what]();
    if (list.some((one) => one.name === name)) return;
    const names = list.map((one) => one.name).join(', ') || 'none';
    throw new JisouError('bad-option', `The index has no "${name}" among its ${what}. It has: ${names}.`);
  };
  for (const [name, wanted] of Object.entries(filters ?? {})) {
    know('filters', name);
    const { any = [], all = [], none = [] } =
      typeof wanted === 'string' ? { all: [wanted] } : Array.isArray(wanted) ? { all: wanted } : wanted;
    for (const [how, values] of Object.entries({ any, all, none })) {
      for (const value of values) fields.push(how, name, value);
    }
  }
  const [order, ...more] = Object.entries(sort ?? {});
  if (order) {
    know('sorts', order[0]);
    if (more.length > 0 || !['asc', 'desc'].includes(order[1])) {
      throw new JisouError('bad-option', "sort must be one name with 'asc' or 'desc'.");
    }
    fields.push(order[1], order[0], '');
  }
  if (!fields.every((field) => typeof field === 'string' && !field.includes('\0'))) {
    throw new JisouError('bad-option', 'The values of filters must be strings.');
  }
  return fields.join('\0');
}
