/** Something that is wrong with the settings or the permissions, and its fix. */
export interface Problem {
  /** What it is about: `channel:tips`, `role:mentor`, `guild`, `schedule:…`, `announcement:…`, `notify:tips`. */
  readonly about: string;
  readonly text: string;
  readonly fix: string;
}
