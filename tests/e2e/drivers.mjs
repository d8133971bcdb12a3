/** Firefox and WebKitGTK, started and spoken to by WebDriver. WebKitGTK needs a display; without one, Xvfb gives it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Builder, Capabilities } from 'selenium-webdriver';
import { root } from './harness.mjs';

/** How each driver is started, and what it is told. */
export const BROWSERS = {
  Firefox: {
    command: ['geckodriver', '--port'],
    capabilities: {
      browserName: 'firefox',
      'moz:firefoxOptions': { binary: '/usr/bin/firefox-esr', args: ['-headless'], prefs: { 'intl.accept_languages': 'zh-CN', 'remote.active-protocols': 1 } },
    },
  },
  WebKitGTK: {
    command: ['xvfb-run', '-a', 'WebKitWebDriver', '--port'],
    capabilities: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { args: ['--automation'] } },
  },
};

/** @returns {Promise<number>} a port that nobody listens on */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/**
 * @param {keyof typeof BROWSERS} name
 * @returns {Promise<{ browser: import('selenium-webdriver').WebDriver, stop: () => void }>} `stop` ends the driver
 */
export async function start(name) {
  const { command, capabilities } = BROWSERS[name];
  const port = await freePort();
  const [program, ...args] = [...command, ...(name === 'Firefox' ? [String(port)] : [])];
  if (name === 'WebKitGTK') args[args.length - 1] = `--port=${port}`;
  const driver = spawn(program, args, { cwd: root, stdio: 'ignore', detached: true });
  const stop = () => process.kill(-driver.pid, 'SIGTERM');
  const address = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt++) {
    if (await fetch(`${address}/status`).then((response) => response.ok, () => false)) break;
    assert.ok(attempt < 100, `${program} does not answer`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const browser = await new Builder().usingServer(address).withCapabilities(new Capabilities(capabilities)).build();
  return { browser, stop };
}
