interface Choice {
  readonly name: string;
  readonly value: string;
}

const row = (choices: readonly Choice[]) => choices.map(({ name, value }) => `· ${name}: \`${value}\``).join('\n');

/** What is said where somebody typed where they live and one clock cannot be told from it. */
export const zones = {
  /** @param more how many others it may mean. */
  several: (typed: string, choices: readonly Choice[], more: number) =>
    [
      `“${typed}” can mean more than one clock, and I would rather ask than guess. Which is yours?`,
      row(choices) + (more > 0 ? `\n· and ${more} more: they appear while you type` : ''),
      'Send the command again with one of these; what stands behind the colon is enough. Nothing was changed.',
    ].join('\n'),
  unknown: (typed: string, like: readonly Choice[]) =>
    [
      `“${typed}” is not a time zone or a place that I know. Nothing was changed.`,
      ...(like.length > 0 ? [`Perhaps you mean one of these:\n${row(like)}`] : []),
      'Type your city, your country, or an offset such as +5:30. Where a list appears while you type, choose from it.',
    ].join('\n'),
};
