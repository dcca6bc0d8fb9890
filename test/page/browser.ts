/**
 * The browser of the page's tests, in this order: the one that CHROMIUM_PATH names, the one that the npm package
 * @sparticuz/chromium brings along (Linux on x64: nothing to install), and what the system has at the usual places.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The package's version is part of the name: another one is unpacked anew. */
const unpackedTo = fileURLToPath(new URL('../../node_modules/.cache/chromium-153.0.0', import.meta.url));

/** Where the browser is and what it needs, or nothing when this machine has none. */
export async function findBrowser(): Promise<{ path: string; env: Record<string, string> } | undefined> {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured) return { path: configured, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpack();
  const path = usualPlaces.find((each) => existsSync(each));
  return path === undefined ? undefined : { path, env: {} };
}

/** Unpacks the browser once. In a folder of its own first: two test workers may do it at the same time. */
async function unpack(): Promise<{ path: string; env: Record<string, string> }> {
  if (!existsSync(unpackedTo)) {
    mkdirSync(join(unpackedTo, '..'), { recursive: true });
    const folder = mkdtempSync(`${unpackedTo}-`);
    // The package unpacks into the folder for temporary files, and its libraries only where it believes to be at AWS.
    const script = `
      import { fileURLToPath } from 'node:url';
      const { default: chromium, inflate } = await import('@sparticuz/chromium');
      await chromium.executablePath();
      await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TMPDIR: folder },
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
    });
    try {
      renameSync(folder, unpackedTo);
    } catch {
      // The other worker was quicker.
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return {
    path: join(unpackedTo, 'chromium'),
    env: { LD_LIBRARY_PATH: join(unpackedTo, 'al2023', 'lib'), FONTCONFIG_FILE: fontSettings() },
  };
}

/** The package's own fonts as well: on a machine without any, texts would have no size and count as hidden. */
function fontSettings(): string {
  const file = join(unpackedTo, 'fonts-here.conf');
  const folders = [join(unpackedTo, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const dirs = folders.map((folder) => `<dir>${folder}</dir>`).join('');
  const cache = `<cachedir>${join(unpackedTo, 'fonts-cache')}</cachedir>`;
  writeFileSync(file, `<?xml version="1.0"?><fontconfig>${dirs}${cache}</fontconfig>`);
  return file;
}

/**
 * Whether to leave the page's tests out: on a developer's machine without a browser, and never where CI is set.
 * Says so in one line.
 */
export async function lacksBrowser(): Promise<boolean> {
  if (process.env['CI'] || (await findBrowser())) return false;
  console.log('The tests of the page did not run: there is no Chromium. Name one with CHROMIUM_PATH.');
  return true;
}

/** Starts the browser. Nothing in it asks the network for anything. @throws when this machine has none. */
export async function launchBrowser(): Promise<Browser> {
  const found = await findBrowser();
  if (!found) {
    throw new Error('The tests of the page need a Chromium: name one with CHROMIUM_PATH.');
  }
  return await chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
}
