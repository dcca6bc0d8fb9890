import { ButtonStyle } from 'discord.js';
import { findHours } from '../../db/hours.ts';
import { button, row } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import { letter, type Render, shownGuildName } from './scene.ts';

/** To somebody whose hours have come to their end: once. Nothing is left to say when they gave new ones. */
export const hoursOver: Render = async (scene) => {
  const { notice, ctx, t } = scene;
  const hours = await findHours(ctx.db, { guildId: notice.guild_id, userId: notice.user_id ?? '' });
  if (!hours || hours.until === null || hours.until > ctx.now()) return undefined;
  const components = [row(button([keys.hours.edit, notice.guild_id], t.hours.edit, ButtonStyle.Primary))];
  return await letter(scene, t.hours.overTitle, t.hours.overLetter(await shownGuildName(scene)), { components });
};
