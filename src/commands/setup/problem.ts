/** What is wrong, and its fix. */
export interface ProblemText {
  readonly text: string;
  readonly fix: string;
}

/** Something that is wrong with the settings or the permissions, and its fix. */
export interface Problem extends ProblemText {
  /** What it is about: `channel:tips`, `role:mentor`, `guild`, `schedule:…`, `announcement:…`, `notify:tips`. */
  readonly about: string;
}
