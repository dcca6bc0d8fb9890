/** Addresses on Discord. */

/** Pure: the address of a channel or thread. */
export function threadUrl(guildId: string, channelId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}`;
}
