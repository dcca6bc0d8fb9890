import { Events } from 'discord.js';
import { commands } from '../commands/index.ts';
import { createDispatch } from '../discord/dispatch.ts';
import { memberPresent } from '../lifecycle/leavers.ts';
import type { GatewayEvent } from './event.ts';

const dispatch = createDispatch(commands, async (ctx, { guildId, user, locale }) => {
  if (guildId === null) return;
  // Whoever acts in a guild is there, whatever was believed of them.
  await memberPresent(ctx, guildId, user.id, locale).catch((error: unknown) => {
    ctx.log.error({ err: error }, 'a member who acted could not be noted as present');
  });
});

/** Somebody used a command, a button, a menu or a form, or is typing an option. */
export default {
  name: Events.InteractionCreate,
  async run(ctx, interaction) {
    await dispatch(ctx, interaction);
    // What the person's action owes to others goes out at once, not with the next minute. Typing owes nothing.
    if (!interaction.isAutocomplete()) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.InteractionCreate>;
