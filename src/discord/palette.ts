/** The one color of every card: what a card means is in its words. */
export const accent = 0x2f6f6b;
