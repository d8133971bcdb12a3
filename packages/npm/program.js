/** Where the program is that this package carries: built for one platform, which its name says. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const name = `jisou-${process.platform}-${process.arch}${process.platform === 'win32' ? '.exe' : ''}`;

/** @returns {string} the path of the program; throws if the package was built for another platform */
export function program() {
  const path = fileURLToPath(new URL(`./native/${name}`, import.meta.url));
  if (existsSync(path)) return path;
  throw new Error(`This package has no ${name}. Build one here with \`cargo install --path crates/cli\`, or get the package of this platform.`);
}
