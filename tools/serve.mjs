/**
 * Serves dist/ on this machine, on the first free port from 8000:
 *
 *   node tools/serve.mjs [folder]
 *
 * Every file is read anew and revalidated, so that a rebuilt page is the one that is seen.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import sirv from 'sirv';

const FIRST_PORT = 8000;
const LAST_PORT = 8099;
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');

/**
 * @param {string} folder
 * @param {number} [port] 0 for any free one
 * @param {Record<string, { body: string, headers: Record<string, string> }>} [pages] further ones, by their paths
 * @returns {Promise<import('node:http').Server>} listening
 */
export async function serve(folder, port = 0, pages = {}) {
  const files = sirv(folder, { dev: true, etag: true });
  const compress = compression();
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, 'http://localhost').pathname];
    if (page) response.writeHead(200, page.headers).end(page.body);
    else compress(request, response, () => files(request, response));
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return server;
}

/** @param {string} folder */
async function serveOnFreePort(folder) {
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    try {
      return await serve(folder, port);
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`No free port from ${FIRST_PORT} to ${LAST_PORT}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serveOnFreePort(resolve(process.argv[2] ?? dist));
  console.log(`http://localhost:${server.address().port}/`);
}
