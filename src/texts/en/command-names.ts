/** What commands, subcommands and options are called, by the names that they have in the code. */
export const commandNames: Readonly<Record<string, string>> = {};
