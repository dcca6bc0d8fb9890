/**
 * Request bodies that Discord's document writes inline and for which `discord-api-spec` therefore has no schema,
 * for the routes that bots use. Written after the developer documentation; keyed by method and route.
 */
import * as z from 'zod/mini';

const snowflake = z.string().check(z.regex(/^(0|[1-9][0-9]*)$/));
const name = (minimum: number, maximum: number) => z.string().check(z.minLength(minimum), z.maxLength(maximum));
const image = z.nullish(z.string());
const nickname = z.nullish(z.string().check(z.maxLength(32)));

export const inlineBodies = {
  // Resources → Message: bulk delete takes 2 to 100 ids.
  'POST /channels/{channel_id}/messages/bulk-delete': z.object({
    messages: z.array(snowflake).check(z.minLength(2), z.maxLength(100)),
  }),
  'PUT /channels/{channel_id}/permissions/{overwrite_id}': z.object({
    id: z.nullish(snowflake), // The route has it already; discord.js sends it again.
    type: z.literal([0, 1]),
    allow: z.nullish(z.number()),
    deny: z.nullish(z.number()),
  }),
  'POST /channels/{channel_id}/followers': z.object({ webhook_channel_id: snowflake }),
  'PUT /channels/{channel_id}/voice-status': z.object({ status: z.nullish(z.string().check(z.maxLength(500))) }),
  'POST /channels/{channel_id}/webhooks': z.object({ name: name(1, 80), avatar: image }),
  'PATCH /webhooks/{webhook_id}': z.object({
    name: z.optional(name(1, 80)),
    avatar: image,
    channel_id: z.nullish(snowflake),
  }),
  'PATCH /webhooks/{webhook_id}/{webhook_token}': z.object({ name: z.optional(name(1, 80)), avatar: image }),
  'PATCH /guilds/{guild_id}/members/@me': z.object({
    nick: nickname,
    avatar: image,
    banner: image,
    bio: z.nullish(z.string().check(z.maxLength(190))),
  }),
  'PATCH /guilds/{guild_id}/members/{user_id}': z.object({
    nick: nickname,
    roles: z.nullish(z.array(snowflake).check(z.maxLength(350))),
    mute: z.nullish(z.boolean()),
    deaf: z.nullish(z.boolean()),
    channel_id: z.nullish(snowflake),
    communication_disabled_until: z.nullish(z.string().check(z.iso.datetime())),
    communicationDisabledUntil: z.unknown(), // discord.js 14 leaves its own spelling in the body; Discord overlooks it.
    flags: z.nullish(z.number()),
  }),
  'PATCH /guilds/{guild_id}/channels': z.array(
    z.object({
      id: snowflake,
      position: z.nullish(z.number().check(z.minimum(0))),
      parent_id: z.nullish(snowflake),
      lock_permissions: z.nullish(z.boolean()),
    }),
  ),
  'POST /guilds/{guild_id}/emojis': z.object({
    name: name(2, 32),
    image: z.string(),
    roles: z.nullish(z.array(snowflake)),
  }),
  'PATCH /guilds/{guild_id}/emojis/{emoji_id}': z.object({
    name: z.optional(name(2, 32)),
    roles: z.nullish(z.array(snowflake)),
  }),
  'POST /applications/{application_id}/emojis': z.object({ name: name(2, 32), image: z.string() }),
  'PATCH /applications/{application_id}/emojis/{emoji_id}': z.object({ name: z.optional(name(2, 32)) }),
  'POST /stage-instances': z.object({
    topic: name(1, 120),
    channel_id: snowflake,
    privacy_level: z.nullish(z.literal([1, 2])),
    guild_scheduled_event_id: z.nullish(snowflake),
    send_start_notification: z.nullish(z.boolean()),
  }),
  'PATCH /stage-instances/{channel_id}': z.object({
    topic: z.optional(name(1, 120)),
    privacy_level: z.optional(z.literal([1, 2])),
  }),
} as const satisfies Readonly<Record<string, z.ZodMiniType>>;
