/** What runs the bot for good: units of systemd, an image, compose files. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../src/config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const units = ['preceptor.service', 'preceptor-backup.service', 'preceptor-backup.timer'];
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasSystemd)(
  'systemd finds nothing wrong with the units (left out where there is no systemd-analyze)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'preceptor-units-'));
    try {
      for (const unit of units) {
        // It looks whether the program is there.
        writeFileSync(join(folder, unit), read(`deploy/${unit}`).replaceAll('/opt/preceptor/', root));
      }
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...units.map((unit) => join(folder, unit))], {
        encoding: 'utf8',
      });
      expect({ status, stderr: stderr.split('\n').filter((line) => line.includes('preceptor')) }).toEqual({ status: 0, stderr: [] }); // prettier-ignore
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test('units and image start the program as npm start does, and back it up as npm run backup does', () => {
  const started = scripts['start']?.replace(/^node /, '') ?? '';
  expect(read('deploy/preceptor.service')).toContain(`/.bin/node ${started}\n`);
  const command = JSON.parse(/^CMD (\[.*\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]') as string[];
  expect(command.join(' ')).toBe(`node ${started}`);
  const backup = scripts['backup']?.split(' ').at(-1);
  expect(read('deploy/preceptor-backup.service')).toContain(`/.bin/node ${backup} `);
});

test('the image takes along all that the program reads, and nothing that could be secret', () => {
  const ignored = read('.dockerignore').trim().split('\n');
  expect(ignored[0]).toBe('*');
  const sent = ignored.slice(1).map((line) => line.replace(/^!/, ''));
  for (const file of sent) expect(existsSync(join(root, file)), file).toBe(true);
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) => files?.split(' ') ?? []); // prettier-ignore
  expect(new Set(copied)).toEqual(new Set(sent));
  // The Node of the image is the one that npm brings along elsewhere.
  const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> };
  const versions = [...read('Dockerfile').matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version);
  expect(new Set(versions)).toEqual(new Set(Object.values(optionalDependencies)));
});

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file?: string;
}

const servicesOf = (file: string) =>
  Object.values((parse(read(file), { merge: true }) as { services: Record<string, Service> }).services);

/** The settings of a service, as the program would read them. */
const settingsOf = ({ environment }: Service) =>
  parseConfig({ DISCORD_TOKEN: 'abc', PROTECTION_KEY: 'x'.repeat(40), ...environment });

test('the compose file for one process has settings that the program takes, and keeps its data in a volume', () => {
  const services = servicesOf('compose.yaml');
  expect(services).toHaveLength(1);
  for (const service of services) expect(settingsOf(service)).toMatchObject({ database: '/data/preceptor.db' });
});

test('the compose file for four has each shard once, all on the same database', () => {
  const bots = servicesOf('deploy/compose.postgres.yaml').filter((service) => service.env_file !== undefined);
  const settings = bots.map(settingsOf);
  expect(settings.flatMap(({ shards }) => shards ?? [])).toEqual([0, 1, 2, 3]);
  expect(new Set(settings.map(({ shardCount, database }) => `${shardCount} ${database}`)).size).toBe(1);
});
