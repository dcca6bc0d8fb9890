/** Marks whatever the subject of `fillEveryTable` wrote. */
export const secret = 'SECRET';
