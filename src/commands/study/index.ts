import { memberOf } from '../../discord/acting.ts';
import { subjectText } from '../../discord/cards/study.ts';
import type { Command } from '../../discord/command.ts';
import { suggest } from '../../discord/replies.ts';
import { listOwnGroups } from '../../study/groups/member.ts';
import { studyCommand } from './data.ts';
import { formationButtons, formationSubcommands } from './formations.ts';
import { groupButtons, groupSubcommands } from './groups.ts';
import { planButtons, planMenus, planSubcommands } from './plan.ts';
import { searchButtons, searchModals, searchSubcommands } from './search.ts';
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

  /** The groups that somebody is in. */
  async autocomplete(ctx, interaction) {
    const groups = await listOwnGroups(ctx.db, memberOf(interaction));
    await suggest(
      interaction,
      groups.map((group) => ({ name: subjectText(ctx.t, group), value: group.id })),
    );
  },

  modals: { ...searchModals, ...sessionModals },
  buttons: { ...searchButtons, ...groupButtons, ...sessionButtons, ...planButtons, ...formationButtons },
  menus: planMenus,
} satisfies Command;
