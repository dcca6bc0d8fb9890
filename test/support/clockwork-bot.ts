/** The least that a bot can be, for the tests of how bots are started: it says what it is asked to do and when. */
import type { BotModule } from '../../sandbox/bot-process.ts';

export const startBot: BotModule['startBot'] = (env, clock) => {
  if (env['FAIL'] === 'start') return Promise.reject(new Error('no such token'));
  console.log(`started at ${clock.now().toString()} with ${Object.keys(env).toSorted().join(' ')}`);
  console.log(`database ${env['DATABASE_URL']}`);
  return Promise.resolve({
    async tick() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (env['FAIL'] === 'tick') throw new Error('the job broke');
      console.log(`ticked at ${clock.now().toString()}`);
    },
    stop() {
      console.log('stopped');
      return Promise.resolve();
    },
  });
};
