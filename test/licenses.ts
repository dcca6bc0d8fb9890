/**
 * `npm run licenses`: writes THIRD-PARTY.md, what Preceptor runs with and under which licenses, from package-lock.json.
 * `licenses.test.ts` holds the page against it, so that nothing new comes in unseen.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A package as the lock file names it. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Needed for working on the project only. */
  readonly dev: boolean;
  readonly hasInstallScript: boolean;
}

const page = fileURLToPath(new URL('../THIRD-PARTY.md', import.meta.url));

/** Every package of the lock file, by name and version. */
export function listLocked(): readonly Locked[] {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { version: string; license?: string; dev?: boolean; hasInstallScript?: boolean }>;
  };
  const found = Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license = 'unknown', dev = false, hasInstallScript = false }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, license, dev, hasInstallScript };
    });
  const byName = new Map(found.map((each) => [`${each.name} ${each.version} ${each.dev}`, each]));
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The page as it should be. */
export function describeLicenses(): string {
  const rows = listLocked().filter(({ dev }) => !dev);
  const cells = [
    ['package', 'version', 'license'],
    ...rows.map(({ name, version, license }) => [name, version, license]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return `# What Preceptor runs with

Packages that \`npm ci --omit=dev\` may install, with the licenses they name; each brings its text. Those for other machines
than yours are listed and not installed. Written by \`npm run licenses\`; a test fails when it is out of date.

${line(head)}
| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |
${body.map(line).join('\n')}
`;
}

export const readLicenses = (): string => readFileSync(page, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, describeLicenses());
