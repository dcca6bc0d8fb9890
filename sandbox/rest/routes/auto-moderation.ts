/** Rules of a guild's AutoMod. */
import { intentBits } from '../../gateway/intents.ts';
import { permissionBits } from '../../permissions.ts';
import { invalidForm, Refused, unknown } from '../../refusals.ts';
import type { AutoModRule, Guild } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { guildOf, need } from '../access.ts';
import { route, type Call, type Route } from '../call.ts';

/** Rules of one kind that a guild may have: Resources → Auto Moderation → Trigger Types. */
const mostOf: Readonly<Record<number, number>> = { 1: 6, 3: 1, 4: 1, 5: 1, 6: 1 };

type Body = Partial<AutoModRule>;

const collection = '/guilds/:guild/auto-moderation/rules';

/** Every one of them needs the right to manage the server, reading too. */
export const autoModerationRoutes: readonly Route[] = [
  route('GET', collection, (call) => [...managed(call).autoMod.values()]),
  route<Body & Pick<AutoModRule, 'name' | 'event_type' | 'trigger_type'>>('POST', collection, (call) => {
    const guild = managed(call);
    const { world, body } = call;
    const { trigger_type: type } = body;
    const most = mostOf[type] ?? 1;
    if ([...guild.autoMod.values()].filter((each) => each.trigger_type === type).length >= most) {
      const fault = { code: 'AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED' };
      const message = `Maximum number of rules with trigger type ${type} is ${most}`;
      throw new Refused(400, 50035, 'Invalid Form Body', { errors: { _errors: [{ ...fault, message }] } });
    }
    needChannels(guild, body);
    const rule: AutoModRule = {
      enabled: false,
      exempt_roles: [],
      exempt_channels: [],
      actions: [],
      ...body,
      trigger_metadata: { ...emptyMetadata, ...body.trigger_metadata },
      id: world.ids.next(),
      guild_id: guild.id,
      creator_id: world.bot.id,
    };
    guild.autoMod.set(rule.id, rule);
    tell(world, guild, rule, 'AUTO_MODERATION_RULE_CREATE');
    return rule;
  }),
  route('GET', `${collection}/:rule`, (call) => ruleOf(call, managed(call))),
  route<Body>('PATCH', `${collection}/:rule`, (call) => {
    const guild = managed(call);
    const before = ruleOf(call, guild);
    needChannels(guild, call.body);
    const rule = { ...before, ...call.body };
    guild.autoMod.set(rule.id, rule);
    tell(call.world, guild, rule, 'AUTO_MODERATION_RULE_UPDATE');
    return rule;
  }),
  route('DELETE', `${collection}/:rule`, (call) => {
    const guild = managed(call);
    const rule = ruleOf(call, guild);
    guild.autoMod.delete(rule.id);
    tell(call.world, guild, rule, 'AUTO_MODERATION_RULE_DELETE');
  }),
];

const emptyMetadata = { keyword_filter: [], regex_patterns: [], allow_list: [] };

function managed(call: Call): Guild {
  const guild = guildOf(call);
  need(call.world, guild, permissionBits.MANAGE_GUILD);
  return guild;
}

function ruleOf({ params }: Call, guild: Guild): AutoModRule {
  const rule = guild.autoMod.get(params['rule'] ?? '');
  if (!rule) throw unknown('rule');
  return rule;
}

/** An alert goes to a channel of the guild's. */
function needChannels(guild: Guild, { actions }: Body): void {
  for (const [index, { metadata }] of (actions ?? []).entries()) {
    const id = metadata?.channel_id;
    if (id !== undefined && !guild.channels.has(id))
      throw invalidForm(`actions.${index}.metadata.channel_id`, 'CHANNEL_INVALID', 'Invalid channel.');
  }
}

function tell(world: World, guild: Guild, rule: AutoModRule, t: string): void {
  world.dispatch({ t, d: rule, guild, intents: intentBits.autoModerationConfiguration });
}
