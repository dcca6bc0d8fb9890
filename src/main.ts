/**
 * The program: `npm start`. Nothing native is loaded before the version of Node is known to be new enough,
 * because an older one would crash in the database driver without a word.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Preceptor needs Node 22.18 or newer; this is ${process.versions.node}. Start it with "npm start", which brings its own.`,
  );
  process.exit(1);
}

const { startBot } = await import('./bot.ts');
const { ConfigError } = await import('./config.ts');

try {
  const bot = await startBot(process.env);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void bot.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  console.error(explain(error));
  process.exit(error instanceof ConfigError ? 78 : 1);
}

/** Why the start failed, for the operator: never a token, never a stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { name, code } = error as { name?: string; code?: string };
  if (code === 'TokenInvalid')
    return 'Discord does not accept DISCORD_TOKEN. Copy it again from https://discord.com/developers/applications → your application → Bot → Reset Token.';
  if (code === 'DisallowedIntents')
    return 'DISCORD_MEMBER_INTENT=on needs "Server Members Intent" to be allowed on the Bot page of the application.';
  return `The start failed: ${error instanceof Error ? error.message : String(name)}`;
}
