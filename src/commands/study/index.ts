import { memberOf } from '../../discord/acting.ts';
import { openText, subjectText } from '../../discord/cards/study.ts';
import type { Command } from '../../discord/command.ts';
import { limits } from '../../discord/limits.ts';
import { suggest } from '../../discord/replies.ts';
import { listJoinable, listOwnGroups } from '../../study/groups/member.ts';
import { studyCommand } from './data.ts';
import { formationButtons, formationMenus, formationSubcommands } from './formations.ts';
import { groupButtons, groupSubcommands } from './groups.ts';
import { planButtons, planMenus, planSubcommands } from './plan.ts';
import { searchButtons, searchMenus, searchModals, searchSubcommands } from './search.ts';
import { sessionButtons, sessionModals, sessionSubcommands } from './sessions.ts';

/** Study groups. */
export default {
  name: 'study',
  for: 'everyone',
  data: studyCommand,

  subcommands: {
    ...searchSubcommands,
    ...groupSubcommands,
    ...sessionSubcommands,
    ...planSubcommands,
    ...formationSubcommands,
  },

  /** The groups that somebody is in; for joining one, those that can be joined. */
  async autocomplete(ctx, interaction) {
    if (interaction.options.getFocused(true).name === 'open') {
      const open = await listJoinable(ctx.db, memberOf(interaction));
      return await suggest(
        interaction,
        open
          .slice(0, limits.choices)
          .map(({ group, members }) => ({ name: openText(ctx.t, group, members), value: group.id })),
      );
    }
    const groups = await listOwnGroups(ctx.db, memberOf(interaction));
    await suggest(
      interaction,
      groups.map((group) => ({ name: subjectText(ctx.t, group), value: group.id })),
    );
  },

  modals: { ...searchModals, ...sessionModals },
  buttons: { ...searchButtons, ...groupButtons, ...sessionButtons, ...planButtons, ...formationButtons },
  menus: { ...searchMenus, ...planMenus, ...formationMenus },
} satisfies Command;
