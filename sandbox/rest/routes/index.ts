/** All routes, one file per resource. */
import type { Route } from '../call.ts';
import { applicationRoutes, type GatewayInfo } from './applications.ts';
import { autoModerationRoutes } from './auto-moderation.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
import { roleRoutes } from './roles.ts';
import { scheduledEventRoutes } from './scheduled-events.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';

/** Paths with fixed words come before those with a parameter in the same place. */
export function routes(gateway: GatewayInfo): readonly Route[] {
  return [
    ...applicationRoutes(gateway),
    ...commandRoutes,
    ...interactionRoutes,
    ...userRoutes,
    ...guildRoutes,
    ...memberRoutes,
    ...roleRoutes,
    ...scheduledEventRoutes,
    ...autoModerationRoutes,
    ...pinRoutes,
    ...reactionRoutes,
    ...messageRoutes,
    ...threadRoutes,
    ...channelRoutes,
  ];
}
