import { isZone } from '../content/zones/index.ts';
import type { Context } from '../context.ts';
import { insertAudit } from '../db/audit.ts';
import { findGuild, type Guild, reviveNoticesOfGuild, upsertGuild } from '../db/guilds.ts';
import type { Trx } from '../db/open.ts';
import { alertKeysOf } from '../guild/alerts.ts';
import { inTurn } from '../guild/turn.ts';
import { areas } from './areas.ts';
import { UserError } from '../errors.ts';
import { clip } from '../marks.ts';
import {
  channelColumns,
  type ChannelPurpose,
  channelPurposes,
  defaultZone,
  requestDays,
  roleColumns,
  type RolePurpose,
  rolePurposes,
} from '../guild/settings.ts';
import { retryAfterSetUp } from '../db/notices/outcomes.ts';
import { forgetAlerts } from '../db/notices/alerts.ts';

/** What a moderator decided; whatever is absent stays as it is. */
export interface SetupChanges {
  /** IANA name. */
  readonly zone?: string;
  readonly channels?: Readonly<Partial<Record<ChannelPurpose, string>>>;
  readonly roles?: Readonly<Partial<Record<RolePurpose, string>>>;
  /** Whether mentors are suggested only once a moderator has confirmed them. */
  readonly verification?: boolean;
  /** Days until an unanswered request ends. */
  readonly requestDays?: number;
  /** Discord's locale for what goes to channels. */
  readonly language?: string;
}

/**
 * Pure: the rules of settings.
 * @param current the settings so far; undefined before the first `/setup start`.
 * @throws UserError that names the rule.
 */
export function checkChanges(current: Guild | undefined, changes: SetupChanges): void {
  const { zone, requestDays: days } = changes;
  if (zone !== undefined && !isZone(zone)) throw new UserError((t) => t.zones.unknown(clip(zone, 100), []));
  if (days !== undefined && (!Number.isInteger(days) || days < requestDays.min || days > requestDays.max)) {
    throw new UserError((t) => t.setup.refused.requestDays(requestDays.min, requestDays.max));
  }
  const roleOf = (purpose: RolePurpose) => changes.roles?.[purpose] ?? current?.[roleColumns[purpose]];
  const role = roleOf('mentor');
  if (role && role === roleOf('mentee')) throw new UserError((t) => t.setup.refused.roleShared(`<@&${role}>`));
  const idOf = (purpose: ChannelPurpose) => changes.channels?.[purpose] ?? current?.[channelColumns[purpose]];
  const staff = idOf('staff');
  const shared = channelPurposes.find((purpose) => purpose !== 'staff' && staff && idOf(purpose) === staff);
  if (shared) throw new UserError((t) => t.setup.refused.staffShared(shared));
}

/**
 * Stores the settings, and owes members what follows from them, a part of them at a time: their roles where those
 * changed, a review of mentors nobody has confirmed where that is wanted from now on.
 * @param moderatorId who decided; absent where nobody did, and nothing is written down then.
 * @param also what belongs into the same transaction.
 * @throws UserError when a rule is broken.
 */
export async function saveSetup(
  ctx: Context,
  guildId: string,
  changes: SetupChanges,
  moderatorId?: string,
  also?: (trx: Trx, before: Guild | undefined) => Promise<void>,
): Promise<Guild> {
  const saved = await inTurn(ctx.db, guildId, async (trx) => {
    const before = await findGuild(trx, guildId);
    checkChanges(before, changes);
    const at = ctx.now();
    await upsertGuild(trx, {
      id: guildId,
      zone: changes.zone ?? before?.zone ?? defaultZone,
      set_up_at: at,
      ...columns(changes),
    });
    if (before && before.left_at !== null) await reviveNoticesOfGuild(trx, guildId);
    const after = await findGuild(trx, guildId);
    if (!after) throw new Error('a guild just stored is not there');
    // What waited for the set-up may well work now.
    if (before) await retryAfterSetUp(trx, guildId, at);
    for (const area of areas) await area.setUp?.(trx, ctx, before, after);
    const changed = settingNames.filter((name) => (before?.[name] ?? null) !== after[name]);
    if (before) await forgetAlerts(trx, mendedBy(before, changed));
    if (moderatorId !== undefined && changed.length > 0) {
      const detail = { settings: changed.join(' ') };
      await insertAudit(trx, ctx, { guildId, actorId: moderatorId, action: 'setup-changed', detail });
    }
    await also?.(trx, before);
    return after;
  });
  for (const area of areas) await area.carryOut?.(ctx, guildId);
  return saved;
}

/** The keys of alerts about what is no longer set, or about nothing being set. */
function mendedBy(before: Guild, changed: readonly (typeof settingNames)[number][]): string[] {
  const purposes = channelPurposes.filter((purpose) => changed.includes(channelColumns[purpose]));
  const former = [...Object.values(channelColumns), ...Object.values(roleColumns)]
    .filter((name) => changed.includes(name))
    .flatMap((name) => before[name] ?? []);
  return [...purposes, ...former].flatMap((id) => alertKeysOf(before.id, id));
}

/** The settings whose change is written down, by their columns. */
const settingNames = [
  'zone',
  'mentor_verification',
  'request_days',
  'locale',
  ...Object.values(channelColumns),
  ...Object.values(roleColumns),
] as const;

function columns(changes: SetupChanges) {
  const stored: Partial<Record<(typeof channelColumns)[ChannelPurpose] | (typeof roleColumns)[RolePurpose], string>> & {
    mentor_verification?: 0 | 1;
    request_days?: number;
    locale?: string;
  } = {};
  for (const purpose of channelPurposes) {
    const id = changes.channels?.[purpose];
    if (id !== undefined) stored[channelColumns[purpose]] = id;
  }
  for (const purpose of rolePurposes) {
    const id = changes.roles?.[purpose];
    if (id !== undefined) stored[roleColumns[purpose]] = id;
  }
  if (changes.verification !== undefined) stored.mentor_verification = changes.verification ? 1 : 0;
  if (changes.requestDays !== undefined) stored.request_days = changes.requestDays;
  if (changes.language !== undefined) stored.locale = changes.language;
  return stored;
}
