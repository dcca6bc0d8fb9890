/** Addresses on Discord. */

/** Pure: the address of a channel or thread. */
export function threadUrl(guildId: string, channelId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}`;
}

/** Pure: the address of a message. */
export function messageUrl(guildId: string, channelId: string, messageId: string): string {
  return `${threadUrl(guildId, channelId)}/${messageId}`;
}
