import { readdirSync } from 'node:fs';
import { defineConfig, type OxlintOverride } from 'oxlint';

/** A floor of the house: a folder of `src`, and what its files may import from the others. */
interface Floor {
  readonly may: readonly string[];
  /** Libraries that have no business there, as import patterns. */
  readonly without?: readonly string[];
  /** Said to whoever is refused. */
  readonly because: string;
}

const discordLibraries = ['discord.js', '@discordjs/*'];
const base = ['content', 'db', 'texts'];
const ground = ['matching', ...base, 'guild'];
const areas = ['mentoring', 'posts', 'study', 'journey'];
const kernel = [...ground, 'hours', ...areas, 'lifecycle', 'discord'];
const baseFloor = { may: base, without: discordLibraries, because: 'everything stands on it' };

/** The fences, from the ground up: what `may` does not name is refused. `test/structure.test.ts` climbs each of them. */
const floors = {
  matching: {
    may: [],
    without: [...discordLibraries, 'kysely', 'better-sqlite3', 'node-cron', 'node:*'],
    because: 'it is pure, without clock, database or Discord',
  },
  content: baseFloor,
  db: baseFloor,
  texts: baseFloor,
  thread: {
    may: ['matching'],
    without: discordLibraries,
    because: 'it starts what computes with matching, and nothing else',
  },
  pictures: { may: [], without: discordLibraries, because: 'it draws what it is told, and knows nothing of the bot' },
  guild: { may: ground, without: discordLibraries, because: 'every area needs it, and it knows none of them' },
  hours: {
    may: [...base, 'guild'],
    without: discordLibraries,
    because: 'pairs and study groups share it, and it knows neither',
  },
  ...Object.fromEntries(
    areas.map((area) => [
      area,
      {
        may: [...ground, 'hours', 'thread'],
        without: discordLibraries,
        because: 'areas are siblings, and hold rules and transactions without Discord',
      },
    ]),
  ),
  lifecycle: {
    may: [...ground, 'hours', ...areas],
    without: discordLibraries,
    because: 'it lists what each area does when a guild or a member comes or goes, without Discord',
  },
  discord: { may: kernel, because: 'it serves commands and deliveries, and knows none of them' },
  delivery: { may: kernel, because: 'it delivers what is owed, whichever command caused it' },
  commands: { may: [...kernel, 'delivery', 'pictures'], because: 'it is used by the roof alone' },
  events: { may: [...kernel, 'delivery', 'commands'], because: 'events and jobs stand side by side on the roof' },
  jobs: { may: [...kernel, 'delivery'], because: 'events and jobs stand side by side on the roof' },
} satisfies Readonly<Record<string, Floor>>;

/** Commands that share more than the kernel: the left one may use the folder of the right one. */
const neighbors: Readonly<Record<string, string>> = { register: 'profile', tip: 'content' };

/** `group` in the manner of `.gitignore`, `regex` on the path as it is written in the import. */
type Refusal = ({ readonly group: string[] } | { readonly regex: string }) & { readonly message: string };

const noSandbox: Refusal = { group: ['**/sandbox/**'], message: 'src never imports the sandbox.' };

function refuse(files: string[], refusals: Refusal[]): OxlintOverride {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: refusals }] } };
}

function refusalsOf(name: string, { may, without = [], because }: Floor): Refusal[] {
  const others = Object.keys(floors).filter((other) => other !== name && !may.includes(other));
  const group = [...without, ...others.map((other) => `**/${other}/**`)];
  const allowed = may.length === 0 ? 'nothing outside its folder' : `no more than ${may.join(', ')}`;
  return [{ group, message: `src/${name} may import ${allowed}: ${because}.` }, noSandbox];
}

const withinMatching =
  'src/matching may import nothing outside its folder: it is pure, without clock, database or Discord.';

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'promise', 'node'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'no-console': 'error',
    eqeqeq: 'error',
    'no-await-in-loop': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'import/no-unassigned-import': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
  },
  overrides: [
    {
      files: ['sandbox/**', 'bench/**', 'test/**', 'src/main.ts', 'src/operator/**', 'src/start.js'],
      rules: { 'no-console': 'off' },
    },
    refuse(['src/*.ts'], [noSandbox]),
    ...Object.entries(floors).map(([name, floor]) => refuse([`src/${name}/**`], refusalsOf(name, floor))),
    // A folder's own files are named from inside it, so how far up counts.
    refuse(
      ['src/matching/*.ts'],
      [...refusalsOf('matching', floors.matching), { group: ['../**'], message: withinMatching }],
    ),
    refuse(
      ['src/matching/*/**'],
      [...refusalsOf('matching', floors.matching), { group: ['../../**'], message: withinMatching }],
    ),
    ...commandFences(),
    refuse(
      ['sandbox/**'],
      [
        {
          group: Object.keys(floors).map((name) => `**/src/${name}/**`),
          message: 'The sandbox is a Discord for anybody’s bot; it only starts ours as a process.',
        },
      ],
    ),
  ],
});

/** A command is a folder: it uses no other one's, but for neighbors, and of delivery only the cards of notices. */
function commandFences() {
  const names = readdirSync(new URL('src/commands/', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return names.map((name) => {
    const others = names.filter((other) => other !== name && other !== neighbors[name]);
    return refuse(
      [`src/commands/${name}/**`],
      [
        ...refusalsOf('commands', floors.commands),
        {
          regex: String.raw`^\.\./(${others.join('|')})/`,
          message: 'A command is a folder of its own: what two of them need belongs to src/discord.',
        },
        {
          regex: '/delivery/[^/]+$',
          message: 'Commands use the cards of src/delivery/notices; they deliver nothing.',
        },
      ],
    );
  });
}
