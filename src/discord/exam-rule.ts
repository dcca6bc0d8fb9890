/** The rule against exam content in a guild's AutoMod: made once, kept fresh, and what moderators change in it left alone. */
import {
  type APIAutoModerationRule,
  AutoModerationActionType,
  AutoModerationRuleEventType,
  AutoModerationRuleTriggerType,
  DiscordAPIError,
  type Guild,
  type RESTPatchAPIAutoModerationRuleJSONBody,
  type RESTPostAPIAutoModerationRuleJSONBody,
  Routes,
} from 'discord.js';
import { examPhrases } from '../content/index.ts';
import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { deleteExamRule, type ExamRule, findExamRule, type SentRule, upsertExamRule } from '../db/exam-rules.ts';
import type { Guild as Settings } from '../db/guilds.ts';
import type { Trx } from '../db/open.ts';
import { UserError } from '../errors.ts';
import { insertAlert } from '../guild/alerts.ts';
import { textsOfGuild } from '../guild/language.ts';
import { inTurn } from '../guild/turn.ts';
import { later } from '../time.ts';
import { guardingPermissions, isOpenToAll, missingPermissions } from './permissions.ts';
import { createOnce, retry } from './retry.ts';
import { ownMember } from './roles.ts';
import { oneAtATime } from './turns.ts';

/** Rules for keywords that Discord lets a guild have: Auto Moderation, trigger types. */
export const keywordRulesAtMost = 6;
/** How often a rule is looked at that nobody asks about. */
const lookDays = 1;

/** What moderators changed in the rule since the bot last did. */
export interface HandChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Where alerts go instead; null for nowhere, undefined for where they went. */
  readonly alertsIn: string | null | undefined;
  readonly isOff: boolean;
  /** Whether it does something beside the alert, or has exceptions or patterns. */
  readonly doesMore: boolean;
}

export type ExamRuleView =
  | { readonly is: 'forbidden'; readonly row: ExamRule | undefined }
  | {
      readonly is: 'none';
      /** Rules for keywords that there are, of anybody's. */
      readonly keywordRules: number;
      /** The name of one that has all the phrases. */
      readonly twin: string | undefined;
      /** Whether the bot's own was deleted on Discord since it was last looked at. */
      readonly wasDeleted: boolean;
    }
  | {
      readonly is: 'there';
      readonly name: string;
      /** Where its alerts go; null for nowhere. */
      readonly alertsIn: string | null;
      readonly byHand: HandChanges;
    };

/** The channel for alerts, which quote members: the staff channel; undefined where there is none, or everybody reads it. */
export function alertChannelOf(guild: Guild, settings: Settings): string | undefined {
  const channel = guild.channels.cache.get(settings.staff_channel_id ?? '');
  return channel && !isOpenToAll(channel) ? channel.id : undefined;
}

/** What the rule would be: its name in the guild's language. */
export function wantedRule(ctx: Context, guild: Guild, settings: Settings, channelId: string): SentRule {
  const { guard } = textsOfGuild(ctx, settings, guild.preferredLocale);
  return { name: guard.rule.name, phrases: [...examPhrases], channelId };
}

/**
 * Looks at the rule and brings it up to date: phrases that are new or were dropped, another staff channel. Calls Discord.
 * @param tells whether moderators are told in the staff channel that it was deleted.
 */
export async function keepExamRule(
  ctx: Context,
  guild: Guild,
  settings: Settings,
  tells = false,
): Promise<ExamRuleView> {
  return await oneAtATime(turnOf(guild), () => keep(ctx, guild, settings, tells));
}

/**
 * Makes the rule, where there is none yet. Calls Discord.
 * @param shownChannel where alerts go as the moderator was shown.
 * @throws UserError where that has changed, or Discord has no room for it; nothing was made.
 */
export async function makeExamRule(
  ctx: Context,
  guild: Guild,
  settings: Settings,
  moderatorId: string,
  shownChannel: string | undefined,
): Promise<void> {
  await oneAtATime(turnOf(guild), async () => {
    const view = await keep(ctx, guild, settings, false);
    if (view.is === 'there') return;
    if (view.is === 'forbidden') throw new UserError((t) => t.guard.rule.forbidden);
    const channelId = alertChannelOf(guild, settings);
    if (channelId === undefined || channelId !== shownChannel) throw new UserError((t) => t.guard.rule.changed);
    if (view.keywordRules >= keywordRulesAtMost) throw new UserError((t) => t.guard.rule.full(keywordRulesAtMost));
    const sent = wantedRule(ctx, guild, settings, channelId);
    const reason = reasonOf(ctx, guild);
    const body: RESTPostAPIAutoModerationRuleJSONBody = {
      name: sent.name,
      event_type: AutoModerationRuleEventType.MessageSend,
      trigger_type: AutoModerationRuleTriggerType.Keyword,
      trigger_metadata: { keyword_filter: [...sent.phrases] },
      actions: [alertTo(channelId)],
      enabled: true,
    };
    const made = await createOnce(
      async () =>
        (await guild.client.rest.post(Routes.guildAutoModerationRules(guild.id), {
          body,
          reason,
        })) as APIAutoModerationRule,
      async () => ownRule(guild, await listRules(guild), undefined),
    ).catch((error: unknown) => {
      // Somebody made the sixth in between.
      if (isRefused(error, 400) && String(error).includes('MAX_RULES_OF_TYPE'))
        throw new UserError((t) => t.guard.rule.full(keywordRulesAtMost));
      throw error;
    });
    await noteChange(ctx, guild.id, moderatorId, (trx) => note(ctx, trx, guild.id, made.id, sent));
  });
}

/** Takes the rule away, and whatever else of it a lost answer may have left. Calls Discord. */
export async function takeExamRuleAway(ctx: Context, guild: Guild, moderatorId: string): Promise<void> {
  await oneAtATime(turnOf(guild), async () => {
    if ((await missing(guild)).length > 0) throw new UserError((t) => t.guard.rule.forbidden);
    const row = await findExamRule(ctx.db, guild.id);
    const rules = await listRules(guild);
    for (const { id } of rules.filter((rule) => rule.id === row?.rule_id || isOwn(guild, rule))) {
      try {
        const route = Routes.guildAutoModerationRule(guild.id, id);
        await retry(() => guild.client.rest.delete(route, { reason: reasonOf(ctx, guild) }));
      } catch (error) {
        if (!isRefused(error, 404)) throw error;
      }
    }
    if (row) await noteChange(ctx, guild.id, moderatorId, (trx) => deleteExamRule(trx, guild.id));
  });
}

/** Sets everything in the rule back to what the bot would make. Calls Discord. @throws UserError where there is none any more. */
export async function resetExamRule(
  ctx: Context,
  guild: Guild,
  settings: Settings,
  moderatorId: string,
): Promise<void> {
  await oneAtATime(turnOf(guild), async () => {
    if ((await keep(ctx, guild, settings, false)).is !== 'there') throw new UserError((t) => t.guard.rule.gone);
    const row = await findExamRule(ctx.db, guild.id);
    if (!row) throw new UserError((t) => t.guard.rule.gone);
    const channelId = alertChannelOf(guild, settings);
    if (channelId === undefined) throw new UserError((t) => t.guard.rule.changed);
    const sent = wantedRule(ctx, guild, settings, channelId);
    await patch(ctx, guild, row.rule_id, {
      name: sent.name,
      trigger_metadata: { keyword_filter: [...sent.phrases], regex_patterns: [], allow_list: [] },
      actions: [alertTo(channelId)],
      enabled: true,
      exempt_roles: [],
      exempt_channels: [],
    });
    await noteChange(ctx, guild.id, moderatorId, (trx) => note(ctx, trx, guild.id, row.rule_id, sent));
  });
}

/** A turn of its own: a set-up that has the guild's looks here, too. */
function turnOf({ id }: Guild): string {
  return `exam-rule:${id}`;
}

async function keep(ctx: Context, guild: Guild, settings: Settings, tells: boolean): Promise<ExamRuleView> {
  const row = await findExamRule(ctx.db, guild.id);
  if ((await missing(guild)).length > 0) return { is: 'forbidden', row };
  const rules = await listRules(guild);
  const rule = ownRule(guild, rules, row?.rule_id);
  if (!rule) {
    const wasDeleted = row !== undefined && (await forgetDeleted(ctx, row, tells));
    const keywordRules = rules.filter(isForKeywords);
    const twin = keywordRules.find((each) => examPhrases.every((phrase) => phrasesOf(each).includes(phrase)));
    return { is: 'none', keywordRules: keywordRules.length, twin: twin?.name, wasDeleted };
  }
  const alertsIn = alertChannel(rule);
  const channelId = alertChannelOf(guild, settings) ?? row?.sent.channelId ?? alertsIn ?? '';
  const wanted = wantedRule(ctx, guild, settings, channelId);
  // One that was made before a crash: how it differs from what is wanted is somebody's hand.
  const sent = row?.sent ?? wanted;
  const change = mergeInto(rule, sent, wanted, (id) => guild.channels.cache.has(id));
  if (change) await patch(ctx, guild, rule.id, change);
  const isNoted = row?.rule_id === rule.id && JSON.stringify(row.sent) === JSON.stringify(wanted);
  if (!isNoted) await inTurn(ctx.db, guild.id, (trx) => note(ctx, trx, guild.id, rule.id, wanted));
  const now = { ...rule, ...change };
  return { is: 'there', name: now.name, alertsIn: alertChannel(now), byHand: handChanges(now, wanted) };
}

/**
 * Pure: what to change in a rule so that it follows from `sent` to `wanted` while everything that moderators changed stays.
 * @returns undefined where nothing is to change.
 */
function mergeInto(
  rule: APIAutoModerationRule,
  sent: SentRule,
  wanted: SentRule,
  isThere: (channelId: string) => boolean,
): RESTPatchAPIAutoModerationRuleJSONBody | undefined {
  const now = phrasesOf(rule);
  const added = wanted.phrases.filter((each) => !sent.phrases.includes(each) && !now.includes(each));
  const dropped = sent.phrases.filter((each) => !wanted.phrases.includes(each) && now.includes(each));
  const phrases = [...now.filter((each) => !dropped.includes(each)), ...added];
  const alertsIn = alertChannel(rule);
  const follows = alertsIn !== null && (alertsIn === sent.channelId || !isThere(alertsIn));
  const moves = follows && alertsIn !== wanted.channelId && isThere(wanted.channelId);
  const renames = rule.name === sent.name && rule.name !== wanted.name;
  const change = {
    ...(renames && { name: wanted.name }),
    ...((added.length > 0 || dropped.length > 0) && {
      trigger_metadata: { ...rule.trigger_metadata, keyword_filter: phrases },
    }),
    ...(moves && {
      actions: rule.actions.map((each) => (isAlert(each) ? alertTo(wanted.channelId) : each)),
    }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

function handChanges(rule: APIAutoModerationRule, wanted: SentRule): HandChanges {
  const now = phrasesOf(rule);
  const alertsIn = alertChannel(rule);
  const { regex_patterns: patterns, allow_list: allowed } = rule.trigger_metadata;
  const more = [patterns, allowed, rule.exempt_roles, rule.exempt_channels].some((each) => (each?.length ?? 0) > 0);
  return {
    added: now.filter((each) => !wanted.phrases.includes(each)),
    removed: wanted.phrases.filter((each) => !now.includes(each)),
    alertsIn: alertsIn === wanted.channelId ? undefined : alertsIn,
    isOff: !rule.enabled,
    doesMore: more || rule.actions.some((each) => !isAlert(each)),
  };
}

/** Whether moderators changed anything that they are shown. */
export function isChanged({ added, removed, alertsIn, isOff, doesMore }: HandChanges): boolean {
  return added.length + removed.length > 0 || alertsIn !== undefined || isOff || doesMore;
}

function phrasesOf({ trigger_metadata: { keyword_filter: phrases } }: APIAutoModerationRule): readonly string[] {
  return phrases ?? [];
}

function isAlert({ type }: APIAutoModerationRule['actions'][number]): boolean {
  return type === AutoModerationActionType.SendAlertMessage;
}

function alertChannel({ actions }: APIAutoModerationRule): string | null {
  return actions.find(isAlert)?.metadata?.channel_id ?? null;
}

function alertTo(channelId: string): APIAutoModerationRule['actions'][number] {
  return { type: AutoModerationActionType.SendAlertMessage, metadata: { channel_id: channelId } };
}

const isForKeywords = ({ trigger_type: type }: APIAutoModerationRule): boolean =>
  type === AutoModerationRuleTriggerType.Keyword;

/** The bot makes no other rule, so whatever it created is this one, under whatever name. */
function isOwn(guild: Guild, rule: APIAutoModerationRule): boolean {
  return isForKeywords(rule) && rule.creator_id === guild.client.user.id;
}

/** The one that is noted, else the oldest of the bot's: ids grow with time. */
function ownRule(
  guild: Guild,
  rules: readonly APIAutoModerationRule[],
  notedId: string | undefined,
): APIAutoModerationRule | undefined {
  const own = rules.filter((rule) => isOwn(guild, rule)).toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  return rules.find(({ id }) => id === notedId) ?? own[0];
}

async function listRules(guild: Guild): Promise<APIAutoModerationRule[]> {
  const route = Routes.guildAutoModerationRules(guild.id);
  return (await retry(() => guild.client.rest.get(route))) as APIAutoModerationRule[];
}

async function patch(
  ctx: Context,
  guild: Guild,
  ruleId: string,
  body: RESTPatchAPIAutoModerationRuleJSONBody,
): Promise<void> {
  const route = Routes.guildAutoModerationRule(guild.id, ruleId);
  // The same change twice is one.
  await retry(() => guild.client.rest.patch(route, { body, reason: reasonOf(ctx, guild) }));
}

async function missing(guild: Guild) {
  return missingPermissions((await ownMember(guild)).permissions, guardingPermissions);
}

function reasonOf(ctx: Context, guild: Guild): string {
  return textsOfGuild(ctx, { locale: null }, guild.preferredLocale).guard.rule.reason;
}

async function note(ctx: Context, trx: Trx, guildId: string, ruleId: string, sent: SentRule): Promise<void> {
  const lookAt = later(ctx.now(), { days: lookDays });
  await upsertExamRule(trx, { guild_id: guildId, rule_id: ruleId, sent, look_at: lookAt });
}

async function noteChange(
  ctx: Context,
  guildId: string,
  moderatorId: string,
  work: (trx: Trx) => Promise<unknown>,
): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    await work(trx);
    const detail = { settings: 'exam_rule' };
    await insertAudit(trx, ctx, { guildId, actorId: moderatorId, action: 'setup-changed', detail });
  });
}

async function forgetDeleted(
  ctx: Context,
  { guild_id: guildId, rule_id: id }: ExamRule,
  tells: boolean,
): Promise<boolean> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const isForgotten = await deleteExamRule(trx, guildId);
    if (isForgotten && tells) await insertAlert(trx, ctx, guildId, { problem: 'exam-rule-deleted', id });
    return isForgotten;
  });
}

function isRefused(error: unknown, status: number): boolean {
  return error instanceof DiscordAPIError && error.status === status;
}
