/**
 * Where `npm run demo` begins. Plain JavaScript that any Node of the last years can read: one too old for the rest is told
 * apart in words, with what to do about it.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  const isBrought = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
  console.error(
    isBrought
      ? `The demo needs Node 22.18 or newer, and this is ${process.versions.node}. The project brings its own: run "npm ci" (without --omit=optional), then "npm run demo".`
      : `The demo needs Node 22.18 or newer, and this is ${process.versions.node}. On Linux the project brings its own; on this system please install Node 24 from https://nodejs.org (nothing else is needed), then run "npm ci && npm run demo" again.`,
  );
  process.exit(1);
}

await import('./demo.ts');
