/** Bits of the gateway intents that the sandbox knows of. */
export const intentBits = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildModeration: 1 << 2,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  guildMessageTyping: 1 << 11,
  directMessages: 1 << 12,
  directMessageReactions: 1 << 13,
  directMessageTyping: 1 << 14,
  messageContent: 1 << 15,
  guildScheduledEvents: 1 << 16,
  autoModerationConfiguration: 1 << 20,
} as const;

/** Those that Discord gives only to applications that asked for them. */
export const privilegedIntents = intentBits.guildMembers | intentBits.guildPresences | intentBits.messageContent;

/** Every intent that Discord documents, to tell an invalid value. */
export const knownIntents = 0b11_0011_1111_1111_1111_1111_1111;
