/**
 * Where `npm start` begins. Plain JavaScript that any Node of the last years can read, so that one too old for the rest
 * (it would stumble over TypeScript, or crash in the database driver without a word) is told apart in one clear line.
 */
import * as module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Preceptor needs Node 22.18 or newer; this is ${process.versions.node}. "npm start" on Linux brings its own; elsewhere get it from https://nodejs.org.`,
  );
  process.exit(1);
}

try {
  process.loadEnvFile();
} catch (error) {
  // Without the file everything comes from the environment.
  if (error.code !== 'ENOENT') {
    console.error(`.env cannot be read (${error.code}).`);
    process.exit(78);
  }
}

// Node would otherwise strip and compile hundreds of files anew at every start: most of the time until the bot is ready.
module.enableCompileCache?.();

await import('./main.ts');
