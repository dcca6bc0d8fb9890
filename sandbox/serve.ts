/**
 * `npm run sandbox`: a local Discord that keeps running, for anybody's bot to log in to, and a page to try the bot in.
 * `--port 4000` fixes the port of the API, `--page-port 4001` that of the page; `--people 5` says how many wait in the server.
 */
import { parseArgs } from 'node:util';
import { permissionBits } from './permissions.ts';
import { startSandbox } from './index.ts';
import { startPage } from './page-server/index.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'page-port': { type: 'string', default: '0' },
    people: { type: 'string', default: '3' },
  },
});

const sandbox = await startSandbox({ port: Number(values.port), botName: 'Your Bot' });
const guild = sandbox.createGuild({ name: 'Sandbox', channels: ['general', 'staff'] });
const joined = [
  guild.join({ name: 'Moderator', permissions: permissionBits.MANAGE_GUILD }),
  ...guild.joinMany(Number(values.people)),
];
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
// A bot that runs by its own clock cannot follow another one: here the time is the real one.
const people = joined.map(({ name }) => ({ name, timeZone }));
const page = await startPage({ sandbox, guild, people, port: Number(values['page-port']) });

console.log(`A local Discord is running.

  DISCORD_API_URL=${sandbox.apiUrl}
  DISCORD_TOKEN=${sandbox.token}

  application and bot   ${sandbox.botUserId}
  server                ${guild.id} (${guild.name})
  page in the browser   ${page.url}

Give your discord.js client the address: new Client({ intents, rest: { api: process.env.DISCORD_API_URL } })
Ctrl+C ends it.`);

// Nothing else would tell whoever develops a bot here what Discord would have refused.
let told = 0;
setInterval(() => {
  for (const { method, route, status, code, message, errors } of sandbox.refusals.slice(told)) {
    console.log(`refused: ${method} ${route} → ${status} ${code} ${message} ${errors ? JSON.stringify(errors) : ''}`);
  }
  told = sandbox.refusals.length;
}, 500);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void page
      .close()
      .then(() => sandbox.close())
      .then(() => process.exit(0));
  });
}
