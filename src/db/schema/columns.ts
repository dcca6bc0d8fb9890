/** What columns of several tables hold. */
export type Flag = 0 | 1;
/** A JSON array of slugs, for example `["cardiology"]`. */
export type JsonList = string;
