import { applicationFlags } from '../../gateway/payloads.ts';
import type { World } from '../../world/world.ts';
import { route, type Route } from '../call.ts';

export interface GatewayInfo {
  readonly gatewayUrl: () => string;
  /** How many sessions may still begin, and how many at once. */
  readonly startLimit: () => object;
  readonly shards: number;
}

/** The gateway's address, and the application itself. */
export function applicationRoutes({ gatewayUrl, startLimit, shards }: GatewayInfo): readonly Route[] {
  return [
    route('GET', '/gateway', () => ({ url: gatewayUrl() }), { isPublic: true }),
    route('GET', '/gateway/bot', () => ({
      url: gatewayUrl(),
      shards,
      session_start_limit: startLimit(),
    })),
    route('GET', '/applications/@me', ({ world }) => applicationJson(world)),
    route('GET', '/oauth2/applications/@me', ({ world }) => applicationJson(world)),
  ];
}

function applicationJson(world: World): object {
  const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot).length;
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    summary: '',
    type: null,
    bot: world.bot.json,
    bot_public: true,
    bot_require_code_grant: false,
    terms_of_service_url: null,
    privacy_policy_url: null,
    verify_key: '0'.repeat(64),
    flags: applicationFlags(world),
    hook: true,
    is_monetized: false,
    approximate_guild_count: guilds,
    approximate_user_install_count: 0,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    integration_types_config: { '0': {} },
    owner: world.bot.json,
    team: null,
  };
}
