import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  // better-sqlite3 crashes the process without a word on older versions; npm scripts use the pinned Node by themselves.
  throw new Error(`Node ${process.versions.node} is too old: use "npm test", which brings Node 24 along.`);
}

const shared = {
  // As long as a busy machine may need: what is waited for is never the time itself.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
  // Most tests wait for sockets, processes and Discord's pace rather than for one of CI's two cores.
  maxWorkers: 5,
  // Loading the bot anew for each file takes as long as half of the tests; files leave nothing behind for the next.
  isolate: false,
};

/** What depends on the database: transactions, claims, races, kills. */
const parts = 'db,delivery,guild,hours,jobs,journey,lifecycle,mentoring,posts,study,sweep';
const onPostgres = [`test/{${parts}}/**/*.test.ts`, 'test/commands/study-open.test.ts', 'test/e2e/*{crash,rounds,requests}.test.ts', 'test/postgres/**/*.test.ts']; // prettier-ignore

/** Of these the ones that npm test runs; the gate runs them all, with TEST_POSTGRES=all. */
const sample = [
  'test/db/profiles.test.ts',
  'test/delivery/fair.test.ts',
  'test/lifecycle/{leavers,purge}.test.ts',
  'test/mentoring/{mentorships,waitlist}.test.ts',
  'test/mentoring/requests/answer.test.ts',
  'test/postgres/{open,claims}.test.ts',
  'test/posts/claim.test.ts',
];

/** Whose size does not tell how long they take: begun late, one of them would keep all waiting at the end. */
const long = [/delivery\/refusals|test\/main/, /\/(e2e|page|sweep|operator)\/|two-processes|acknowledge|storage/];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => [...long, /./].findIndex((name) => name.test(moduleId));
    // oxlint-disable-next-line unicorn/no-array-sort -- no array's
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project.name);
    return [...byProject.values()].flatMap((each) => each.toSorted((a, b) => rank(a) - rank(b)));
  }
}

export default defineConfig({
  test: {
    maxWorkers: shared.maxWorkers,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...shared, name: 'sqlite', include: ['test/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          env: { TEST_DATABASE: 'postgres' },
          globalSetup: ['test/support/postgres/setup.ts'],
          include: process.env['TEST_POSTGRES'] === 'all' ? onPostgres : sample,
          // These are about SQLite's files and a disk that fails them.
          exclude: ['test/db/{open,storage}.test.ts'],
        },
      },
    ],
  },
});
