/** The page as files in memory: built by Vite when the server starts, so that it is never older than its source. */
import { fileURLToPath } from 'node:url';

export interface Asset {
  readonly contentType: string;
  readonly body: Uint8Array;
}

const root = fileURLToPath(new URL('../page/', import.meta.url));
const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Builds the page and gives its files by their path.
 * @throws when the sources do not build.
 */
export async function buildPage(): Promise<ReadonlyMap<string, Asset>> {
  const { build } = await import('vite');
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    // Also where the tests run: never the libraries' variants for development.
    mode: 'production',
    resolve: { conditions: ['browser', 'module', 'import', 'default'] },
    build: { write: false, target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const assets = new Map<string, Asset>();
  for (const output of outputs) {
    if (!('output' in output)) throw new Error('the page was not built');
    for (const file of output.output) {
      const source = file.type === 'chunk' ? file.code : file.source;
      const body = typeof source === 'string' ? new TextEncoder().encode(source) : source;
      const contentType = contentTypes[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      assets.set(`/${file.fileName}`, { contentType, body });
    }
  }
  return assets;
}
