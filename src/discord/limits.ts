/** Discord's limits, in characters (UTF-16 units) or entries. https://docs.discord.com/developers/reference */
export const limits = {
  /** Text of a message beside its embeds. */
  content: 2_000,
  /** All embeds of a message together. */
  embeds: 6_000,
  embedField: 1_024,
  customId: 100,
  buttonLabel: 80,
  /** Choices that an autocomplete may answer with, or that a menu may have. */
  choices: 25,
  /** Title of a form. */
  modalTitle: 45,
  choiceName: 100,
  /** Length of a choice's value, and so the most anybody needs to type to find one. */
  choiceValue: 100,
  threadName: 100,
  /** Tags of a forum, of one of its posts, and the length of a tag's name. */
  forumTags: 20,
  tagsOnPost: 5,
  tagName: 20,
  eventName: 100,
  eventDescription: 1_000,
  eventLocation: 100,
} as const;
