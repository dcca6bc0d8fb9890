/** What members and owners do about their groups. */
import type { Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { subjectText } from '../../discord/cards/study.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change } from '../../discord/replies.ts';
import { requireGuild } from '../../guild/guilds.ts';
import {
  closeOwnGroup,
  handOver,
  leaveGroup,
  removeMember,
  restGroup,
  restMember,
  stayIn,
  wakeGroup,
} from '../../study/groups/leave.ts';
import { listOwnGroups } from '../../study/groups/member.ts';
import { answerQuiet } from '../../study/groups/quiet.ts';
import { askCard, ownGroupsCard } from './cards.ts';
import { requireMeant } from './meant.ts';

export const groupSubcommands = {
  show: async (ctx, interaction) => {
    const whose = memberOf(interaction);
    await requireGuild(ctx.db, whose.guildId);
    await answer(interaction, await ownGroupsCard(ctx, whose, await listOwnGroups(ctx.db, whose)));
  },
  leave: async (ctx, interaction) => {
    await answer(interaction, askCard(ctx.t, 'leave', await requireMeant(ctx, interaction)));
  },
  rest: async (ctx, interaction) => {
    const { id } = await requireMeant(ctx, interaction);
    const until = await restGroup(ctx, memberOf(interaction), id, interaction.options.getInteger('weeks', true));
    await answer(interaction, { content: ctx.t.study.rest.done(until) });
  },
  wake: async (ctx, interaction) => {
    await wakeGroup(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id);
    await answer(interaction, { content: ctx.t.study.rest.woken });
  },
  close: async (ctx, interaction) => {
    await answer(interaction, askCard(ctx.t, 'close', await requireMeant(ctx, interaction)));
  },
  'hand-over': async (ctx, interaction) => {
    const { id } = interaction.options.getUser('member', true);
    await handOver(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id);
    await answer(interaction, { content: ctx.t.study.handedOver(id) });
  },
  remove: async (ctx, interaction) => {
    const { id } = interaction.options.getUser('member', true);
    await removeMember(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id);
    await answer(interaction, { content: ctx.t.study.removed(id) });
  },
} satisfies Command['subcommands'];

export const groupButtons = {
  /** Shows somebody's groups, like the command; also in direct messages. */
  [keys.study.open]: async (ctx, interaction) => {
    const whose = memberOf(interaction);
    await answer(interaction, await ownGroupsCard(ctx, whose, await listOwnGroups(ctx.db, whose)));
  },
  [keys.study.leave]: async (ctx, interaction, [id = '']) => {
    const group = await leaveGroup(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.study.leave.done(subjectText(ctx.t, group)) });
  },
  [keys.study.close]: async (ctx, interaction, [id = '']) => {
    const group = await closeOwnGroup(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.study.close.done(subjectText(ctx.t, group)) });
  },
  /** Leaves everything as it is. */
  [keys.study.keep]: async (ctx, interaction) => {
    await change(interaction, { content: ctx.t.study.kept });
  },
  [keys.study.still]: async (ctx, interaction, [id = '']) => {
    await stayIn(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.study.stillIn });
  },
  [keys.study.restSelf]: async (ctx, interaction, [id = '']) => {
    const until = await restMember(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.study.rest.self(until) });
  },
  [keys.study.leaveSilent]: async (ctx, interaction, [id = '']) => {
    const group = await leaveGroup(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.study.leave.done(subjectText(ctx.t, group)) });
  },
  [keys.study.goOn]: async (ctx, interaction, [id = '']) => {
    await answerQuiet(ctx, memberOf(interaction), id);
    await answer(interaction, { content: ctx.t.study.quiet.answered });
  },
  [keys.study.own]: async (ctx, interaction, [id = '']) => {
    const whose = memberOf(interaction);
    await handOver(ctx, whose, id, whose.userId);
    await answer(interaction, { content: ctx.t.study.thread.owned });
  },
} satisfies Command['buttons'];
