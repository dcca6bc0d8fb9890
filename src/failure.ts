import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  HTTPError,
  RateLimitError,
} from 'discord.js';
import { GatewayLost } from './discord/gateway-lost.ts';
import { explainOwnFailure, type Failure } from './own-failure.ts';

const portal = 'https://discord.com/developers/applications → your application → Bot';
const refusedToken = `Discord does not accept DISCORD_TOKEN. Copy a new one from ${portal} → Reset Token.`;
const refusedShards =
  'Discord refuses so many servers on one connection. Raise SHARD_COUNT: one for every 1,000 servers, or leave it out and Discord says how many.';
const refusedIntents = `DISCORD_MEMBER_INTENT=on needs "Server Members Intent" to be switched on: ${portal}.`;

/** Why the program ends, in words that say what to do: never a token, never a stack. */
export function explainFailure(error: unknown): Failure {
  const own = explainOwnFailure(error);
  if (own) return own;
  if (isRefusedToken(error)) return { message: refusedToken, exitCode: 78 };
  if (isRefusedIntents(error)) return { message: refusedIntents, exitCode: 78 };
  if (isRefusedShards(error)) return { message: refusedShards, exitCode: 78 };
  if (error instanceof GatewayLost) return { message: error.message, exitCode: 1 };
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil(Math.max(error.retryAfter, error.timeToReset) / 1000);
    return { message: `Discord limits this bot and asks to wait ${seconds} s. Start it again then.`, exitCode: 1 };
  }
  if (error instanceof HTTPError) {
    return {
      message: `Discord has trouble of its own (it answers ${error.status}). Start again in a minute.`,
      exitCode: 1,
    };
  }
  if (error instanceof DiscordAPIError) {
    return { message: `Discord refused ${error.method} (${error.status}, code ${error.code}).`, exitCode: 1 };
  }
  const { code, port, address } = deepest(error);
  if (code === 'EADDRINUSE') {
    return { message: `HEALTH_PORT ${port} is in use by another program. Choose another port.`, exitCode: 1 };
  }
  if (code === 'EACCES' && port !== undefined) {
    return { message: `HEALTH_PORT ${port} is not open to this user. Choose one above 1023.`, exitCode: 78 };
  }
  if (code === 'EADDRNOTAVAIL' || (code === 'ENOTFOUND' && port !== undefined)) {
    return { message: `HEALTH_HOST ${address ?? ''} is no address of this machine.`, exitCode: 78 };
  }
  if (code && networkCodes.test(code)) {
    return {
      message: `Discord cannot be reached (${code}). Is this machine online, and DISCORD_API_URL right?`,
      exitCode: 1,
    };
  }
  return { message: `Preceptor has to stop: ${error instanceof Error ? error.message : String(error)}`, exitCode: 1 };
}

const networkCodes = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|EPIPE|UND_ERR_\w+)$/;

/** Codes with which the gateway refuses for good. */
const closeCodes: Readonly<Record<'token' | 'intents' | 'shards', number>> = {
  token: GatewayCloseCodes.AuthenticationFailed,
  intents: GatewayCloseCodes.DisallowedIntents,
  shards: GatewayCloseCodes.ShardingRequired,
};

function isRefusedToken(error: unknown): boolean {
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  if (error instanceof GatewayLost) return error.code === closeCodes.token;
  if (error instanceof DiscordAPIError) return error.status === 401;
  // While connecting for the first time, discord.js tells these two apart by their texts only.
  return error instanceof Error && error.message === 'Authentication failed';
}

function isRefusedIntents(error: unknown): boolean {
  if (error instanceof GatewayLost) return error.code === closeCodes.intents;
  return error instanceof Error && error.message === 'Used disallowed intents';
}

function isRefusedShards(error: unknown): boolean {
  if (error instanceof GatewayLost) return error.code === closeCodes.shards;
  return error instanceof Error && error.message === 'Sharding is required';
}

/** The system's error at the bottom of a chain of causes: fetch wraps it. */
function deepest(error: unknown): Error & { code?: string; port?: number; address?: string } {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return at instanceof Error ? at : new Error('nothing known');
}
