/**
 * Reads YAML, which takes a tenth of every start: what a file says is kept as JSON beside compiled code, where Node has a
 * folder for that (`src/start.js` says when), by a hash of the file's text.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import type * as Yaml from 'yaml';

/**
 * What a YAML text says, as JSON can say it.
 * @throws YAMLParseError when it is no YAML.
 */
export function readYaml(text: string): unknown {
  const folder = getCompileCacheDir();
  if (folder === undefined) return parse(text);
  const file = join(folder, `content-${createHash('sha256').update(text).digest('hex')}.json`);
  const kept = read(file);
  if (kept !== undefined) return kept;
  const value = parse(text);
  keep(file, JSON.stringify(value));
  return value;
}

function parse(text: string): unknown {
  // Hardly any start needs the parser.
  const yaml = createRequire(import.meta.url)('yaml') as typeof Yaml;
  return yaml.parse(text);
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Not there yet, or not whole.
    return undefined;
  }
}

function keep(file: string, json: string): void {
  try {
    const draft = `${file}-${process.pid}`;
    writeFileSync(draft, json, { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    // A disk that is full or closed: it is parsed again next time.
  }
}
