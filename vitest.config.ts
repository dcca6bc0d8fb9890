import { defineConfig } from 'vitest/config';

const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  // better-sqlite3 crashes the process without a word on older versions; npm scripts use the pinned Node by themselves.
  throw new Error(`Node ${process.versions.node} is too old: use "npm test", which brings Node 24 along.`);
}

const shared = { testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    // Most tests wait for sockets, processes and Discord's pace rather than for one of CI's two cores.
    maxWorkers: 4,
    // Loading the bot anew for each file takes as long as half of the tests; files leave nothing behind for the next.
    isolate: false,
    projects: [
      { test: { ...shared, name: 'sqlite', include: ['test/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          env: { TEST_DATABASE: 'postgres' },
          globalSetup: ['test/support/postgres/setup.ts'],
          include: ['test/**/*.test.ts'],
        },
      },
    ],
  },
});
