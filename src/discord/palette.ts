/** The colors of cards. What a card means is in its words: no color says anything alone. */
export const accent = 0x2f6f6b;

/** Of a profile, beside the word that says the same. */
export const roleColors = { mentor: 0x2f7d6d, mentee: 0x4a6fa5 } as const;
