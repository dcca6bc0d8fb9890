import { type APIButtonComponentWithCustomId, ButtonStyle, type GuildMember } from 'discord.js';
import { listNotifyRoles } from '../../db/notify.ts';
import type { NotifyKind } from '../../db/schema.ts';
import { notifyKinds, pendingRoles } from '../../posts/notify.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

/** How one kind stands for a member; `none` where the guild offers no role for it. */
type Standing = 'on' | 'off' | 'none';

/**
 * What a member is notified of, with a button for each: what Discord says they have, and what they have just chosen.
 * @param member as Discord sends them along with the interaction.
 */
export async function notifyPanel(ctx: ActContext, member: GuildMember, isModerator: boolean): Promise<Card> {
  const text = ctx.t.notify;
  const { guild, id: userId } = member;
  const roles = new Map((await listNotifyRoles(ctx.db, guild.id)).map((row) => [row.kind, row.role_id]));
  const pending = await pendingRoles(ctx.db, { guildId: guild.id, userId });
  const standingOf = (kind: NotifyKind): Standing => {
    const roleId = roles.get(kind);
    if (roleId === undefined || !guild.roles.cache.has(roleId)) return 'none';
    return (pending.get(roleId) ?? member.roles.cache.has(roleId)) ? 'on' : 'off';
  };
  const standings = notifyKinds.map((kind) => ({ kind, standing: standingOf(kind) }));
  const missing = standings.filter(({ standing }) => standing === 'none');
  const lines = standings.map(({ kind, standing }) => lineOf(ctx.t, kind, standing));
  const closing = missing.length === 0 ? [] : [isModerator ? text.moderator : text.moderatorTurnsOn];
  return {
    ...post(ctx.t, text.title, [text.intro, lines.join('\n'), ...closing].join('\n\n')),
    components: [
      ...rowOf(standings.filter(({ standing }) => standing !== 'none').map((each) => toggle(ctx.t, each))),
      ...rowOf(isModerator ? missing.map(({ kind }) => offer(ctx.t, kind)) : []),
    ],
  };
}

function lineOf(t: Texts, kind: NotifyKind, standing: Standing): string {
  const text = t.notify;
  const name = text.kinds[kind];
  if (standing === 'none') return text.notOffered(name);
  return text.line(text[standing](name), text.what[kind]);
}

/** Says what pressing it wants, so that two presses want the same. */
function toggle(
  t: Texts,
  { kind, standing }: { kind: NotifyKind; standing: Standing },
): APIButtonComponentWithCustomId {
  const text = t.notify;
  const isOn = standing === 'on';
  const label = (isOn ? text.turnOff : text.turnOn)(text.kinds[kind]);
  return button(
    [keys.notify.choose, kind, isOn ? 'off' : 'on'],
    label,
    isOn ? ButtonStyle.Secondary : ButtonStyle.Primary,
  );
}

function offer(t: Texts, kind: NotifyKind): APIButtonComponentWithCustomId {
  const text = t.notify;
  return button([keys.notify.offer, kind], text.offer(text.kinds[kind]));
}

function rowOf(components: APIButtonComponentWithCustomId[]): NonNullable<Card['components']> {
  return components.length === 0 ? [] : [row(...components)];
}
