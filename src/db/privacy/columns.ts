/**
 * - `person`: holds somebody's id, alone or inside a JSON text, so it says something about them;
 * - `words`: typed or chosen by a person about themselves, or for others to read;
 * - `plain`: keys of rows, times, states, ids of channels and roles, slugs that say nothing without their row.
 */
export type Privacy = 'person' | 'words' | 'plain';

/** The columns of a table whose values are texts, or null. */
type TextColumn<Row> = { [Column in keyof Row]-?: TextOf<Row[Column]> extends never ? never : Column }[keyof Row];
type TextOf<Value> = Extract<Value extends { readonly __select__: infer Selected } ? Selected : Value, string>;

/** A class for each text column of these tables. */
export type PrivacyOf<Tables> = {
  readonly [Table in keyof Tables]: Readonly<Record<TextColumn<Tables[Table]>, Privacy>>;
};
