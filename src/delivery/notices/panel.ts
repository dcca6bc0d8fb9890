import { findPanel } from '../../db/panels.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { newcomerDoors } from '../../discord/home/doors.ts';
import { keys } from '../../discord/keys.ts';
import { threadUrl } from '../../discord/links.ts';
import type { Render } from './scene.ts';

/** The doors for newcomers, below what moderators say; nothing where the panel stands elsewhere by now, or was removed. */
export const panelCard: Render = async (scene) => {
  const { t, guild, ctx, notice } = scene;
  const panel = await findPanel(ctx.db, guild.id);
  if (panel === undefined || panel.id !== notice.subject_id) return undefined;
  const author = { name: await scene.guildName(), url: threadUrl(guild.id, panel.channel_id) };
  return {
    content: panel.words ?? '',
    embeds: [{ ...embed(t, t.panel.title, t.panel.text), author }],
    components: [row(...newcomerDoors(t), button([keys.home.open], t.home.doors.home))],
  };
};
