import { Events } from 'discord.js';
import { answerLetter } from '../discord/letters.ts';
import type { GatewayEvent } from './event.ts';

/** Somebody wrote to the bot. Only direct messages arrive, and their text is dropped as they come in. */
export default {
  name: Events.MessageCreate,
  async run(ctx, { author, guildId, channelId, system }) {
    if (guildId !== null || author.bot || system) return;
    await answerLetter(ctx, ctx.client, { userId: author.id, channelId });
  },
} satisfies GatewayEvent<Events.MessageCreate>;
