import { Events } from 'discord.js';
import { commands } from '../commands/index.ts';
import { createDispatch } from '../discord/dispatch.ts';
import { memberPresent } from '../lifecycle/leavers.ts';
import type { GatewayEvent } from './event.ts';

const dispatch = createDispatch(commands);

/** Somebody used a command, a button, a menu or a form. */
export default {
  name: Events.InteractionCreate,
  async run(ctx, interaction) {
    // Whoever acts in a guild is there, whatever was believed of them.
    if (interaction.guildId !== null) {
      await memberPresent(ctx, interaction.guildId, interaction.user.id).catch((error: unknown) => {
        ctx.log.error({ err: error }, 'a member who acted could not be noted as present');
      });
    }
    await dispatch(ctx, interaction);
    // What the person's action owes to others goes out at once, not with the next minute.
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.InteractionCreate>;
