/** What members and owners do about their groups. */
import type { ButtonInteraction } from 'discord.js';
import { removalReasons } from '../../db/notice-kinds.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { memberOf } from '../../discord/acting.ts';
import { subjectText } from '../../discord/cards/study.ts';
import { keys } from '../../discord/keys.ts';
import { answer, change } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { answerApplication, inviteMember } from '../../study/groups/apply.ts';
import { askToMerge, closeOwnGroup, restGroup } from '../../study/groups/consent.ts';
import { leaveGroup, removeMember, restMember, stayIn, wakeGroup } from '../../study/groups/leave.ts';
import { listOwnGroups, requireMember } from '../../study/groups/member.ts';
import { declineOwner, handOver } from '../../study/groups/owner.ts';
import { answerPoll } from '../../study/groups/polls.ts';
import { answerQuiet } from '../../study/groups/quiet.ts';
import { memberRestDays } from '../../study/limits.ts';
import { askCard, ownGroupsCard } from './cards.ts';
import { requireMeant, type Slash } from './meant.ts';

type Acts = Slash | ButtonInteraction;

/** An owner's group rests; any other member asks the others. */
async function rest(ctx: ActContext, interaction: Acts, groupId: string, weeks: number): Promise<void> {
  const until = await restGroup(ctx, memberOf(interaction), groupId, weeks);
  await answer(interaction, {
    content: until === undefined ? ctx.t.studyGroups.poll.opened : ctx.t.study.rest.done(until),
  });
}

async function merge(ctx: ActContext, interaction: Acts, groupId: string): Promise<void> {
  await askToMerge(ctx, memberOf(interaction), groupId);
  await answer(interaction, { content: ctx.t.studyGroups.poll.mergeOpened });
}

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
    await rest(ctx, interaction, id, interaction.options.getInteger('weeks', true));
  },
  wake: async (ctx, interaction) => {
    await wakeGroup(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id);
    await answer(interaction, { content: ctx.t.study.rest.woken });
  },
  close: async (ctx, interaction) => {
    await answer(interaction, askCard(ctx.t, 'close', await requireMeant(ctx, interaction)));
  },
  merge: async (ctx, interaction) => {
    await merge(ctx, interaction, (await requireMeant(ctx, interaction)).id);
  },
  'hand-over': async (ctx, interaction) => {
    const { id } = interaction.options.getUser('member', true);
    await handOver(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id);
    await answer(interaction, { content: ctx.t.study.handedOver(id) });
  },
  invite: async (ctx, interaction) => {
    const { id } = interaction.options.getUser('member', true);
    await inviteMember(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id);
    await answer(interaction, { content: ctx.t.studyGroups.invited(id) });
  },
  remove: async (ctx, interaction) => {
    const { id } = interaction.options.getUser('member', true);
    const typed = interaction.options.getString('reason', true);
    const reason = removalReasons.find((each) => each === typed);
    if (!reason) throw new UserError((t) => t.common.outdated);
    await removeMember(ctx, memberOf(interaction), (await requireMeant(ctx, interaction)).id, id, reason);
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
    const group = await leaveGroup(ctx, memberOf(interaction), id, interaction.channelId);
    await change(interaction, { content: ctx.t.study.leave.done(subjectText(ctx.t, group)) });
  },
  [keys.study.close]: async (ctx, interaction, [id = '']) => {
    const { group, isClosed } = await closeOwnGroup(ctx, memberOf(interaction), id);
    const content = isClosed ? ctx.t.study.close.done(subjectText(ctx.t, group)) : ctx.t.studyGroups.poll.opened;
    await change(interaction, { content });
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
  /** Whoever was asked would rather not. */
  [keys.study.ownNot]: async (ctx, interaction, [id = '']) => {
    await declineOwner(ctx, memberOf(interaction), id);
    await change(interaction, { content: ctx.t.studyGroups.owner.declined });
  },
  [keys.study.restAsk]: async (ctx, interaction, [id = '']) => await rest(ctx, interaction, id, memberRestDays / 7),
  [keys.study.mergeAsk]: async (ctx, interaction, [id = '']) => await merge(ctx, interaction, id),
  [keys.study.closeAsk]: async (ctx, interaction, [id = '']) => {
    await answer(interaction, askCard(ctx.t, 'close', await requireMember(ctx.db, memberOf(interaction), id)));
  },
  [keys.study.pollSay]: async (ctx, interaction, [id = '', said]) => {
    await answerPoll(ctx, memberOf(interaction), id, said === 'yes');
    await answer(interaction, { content: ctx.t.studyGroups.poll.noted });
  },
  [keys.study.takeIn]: async (ctx, interaction, [id = '', userId = '', said]) => {
    const isYes = said === 'yes';
    await answerApplication(ctx, memberOf(interaction), id, userId, isYes);
    await answer(interaction, { content: ctx.t.studyGroups.apply[isYes ? 'takenIn' : 'notTaken'] });
  },
} satisfies Command['buttons'];
