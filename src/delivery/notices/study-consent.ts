/** What a group is asked in its thread, and whoever is asked to look after it. */
import { ButtonStyle } from 'discord.js';
import { listApplications } from '../../db/study/applications.ts';
import { findGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { countSays, findPoll, listPolls, type Poll } from '../../db/study/polls.ts';
import { readDetail } from '../../db/notices/write.ts';
import { button, row } from '../../discord/buttons.ts';
import { subjectText } from '../../discord/cards/study.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { showTyped } from '../../discord/text.ts';
import { ownerHours } from '../../study/limits.ts';
import { later } from '../../time.ts';
import { letter, type Render, type Scene, subjectOf } from './scene.ts';

/** A question to the members, how it stands, and what came of it. Who said what is nobody's. */
export const groupPoll: Render = async (scene) => {
  const { t, ctx } = scene;
  const text = t.studyGroups.poll;
  const poll = await subjectOf(scene, findPoll);
  if (!poll || (poll.outcome !== null && scene.notice.message_id === null)) return undefined;
  const title = text.title[poll.what];
  if (poll.outcome !== null) {
    const said = poll.what === 'merge' ? text.merged[await mergeOutcome(scene, poll)] : text.outcome[poll.outcome];
    return { embeds: [embed(t, title, said)] };
  }
  const { yes, no } = await countSays(ctx.db, poll);
  const body = [await questionText(scene, poll), text.stands(yes, no, poll.ends_at)];
  return {
    embeds: [embed(t, title, body.join('\n\n'))],
    components: [
      row(
        button([keys.study.pollSay, poll.id, 'yes'], text.yes, ButtonStyle.Success),
        button([keys.study.pollSay, poll.id, 'no'], text.no),
      ),
    ],
  };
};

/** What has become of a merge, as one of the two groups reads it. */
async function mergeOutcome({ ctx }: Scene, poll: Poll): Promise<'yes' | 'no' | 'void' | 'waits'> {
  if (poll.outcome !== 'yes') return poll.outcome ?? 'void';
  const others = await listPolls(ctx.db, poll.with_id ?? '');
  const other = others.find(({ what, at, with_id: id }) => what === 'merge' && at === poll.at && id === poll.group_id);
  return other?.outcome === null ? 'waits' : 'yes';
}

async function questionText({ t, ctx }: Scene, poll: Poll): Promise<string> {
  const text = t.studyGroups.poll;
  if (poll.what === 'close') return text.close(poll.by_id);
  if (poll.what === 'rest') return text.rest(poll.by_id, poll.weeks ?? 1);
  const count = async (id: string) =>
    (await listGroupMembers(ctx.db, id)).filter(({ state }) => state !== 'offered').length;
  const others = await count(poll.with_id ?? '');
  return text.merge(others, others + (await count(poll.group_id)));
}

/** Somebody would like to join: for whoever looks after the group. */
export const groupApplication: Render = async (scene) => {
  const { t, ctx, notice } = scene;
  const text = t.studyGroups.apply.card;
  const group = await subjectOf(scene, findGroup);
  if (!group || group.state === 'closed') return undefined;
  const { since } = readDetail('group-application', notice);
  const application = (await listApplications(ctx.db, group.id, 'asked')).find((each) => each.since === since);
  if (!application) return notice.message_id === null ? undefined : { embeds: [embed(t, text.title, text.over)] };
  const { user_id: userId } = application;
  return {
    embeds: [embed(t, text.title, text.body(userId, showTyped(application.line)))],
    components: [
      row(
        button([keys.study.takeIn, group.id, userId, 'yes'], text.yes, ButtonStyle.Success),
        button([keys.study.takeIn, group.id, userId, 'no'], text.no),
      ),
    ],
  };
};

/** Somebody is no longer in the group, whyever: in neutral words, without a name. */
export const groupPlace: Render = async (scene) => {
  const { t, ctx } = scene;
  const group = await subjectOf(scene, findGroup);
  if (!group || group.state === 'closed') return undefined;
  const isFree = (await listGroupMembers(ctx.db, group.id)).length < group.size;
  return { embeds: [{ description: isFree ? t.studyGroups.place.free : t.studyGroups.place.taken }] };
};

/** To the member whose turn it is: whether they look after the group. */
export const groupOwner: Render = async (scene) => {
  const { t, notice } = scene;
  const text = t.studyGroups.owner;
  const group = await subjectOf(scene, findGroup);
  if (!group || group.owner_asked_id !== notice.user_id || group.owner_asked_at === null) return undefined;
  const until = later(group.owner_asked_at, { hours: ownerHours });
  return await letter(scene, text.title(subjectText(t, group)), text.body(until), {
    components: [
      row(
        button([keys.study.own, group.id], text.yes, ButtonStyle.Success),
        button([keys.study.ownNot, group.id], text.no),
      ),
    ],
  });
};
