/** `/support`: the frame around who listens. The lines themselves are content. */
export const support = {
  command: 'Somebody to talk to now: lines for physicians, students and everybody, in any country',
  country: 'Where you are; leave it out to see everything',
  title: 'You do not have to carry this alone',
  intro:
    'Only you see this. Nothing about it is stored or counted. If you are in danger right now, call your local emergency number (911 in the US).',
  /** @param name of the line. @param countries where it works. */
  line: (name: string, countries: string) => `**${name}** (${countries})`,
  /** @param page a link. @param on a stamp. */
  checked: (page: string, on: string) => `${page}, last looked at ${on}`,
  dated: (page: string, on: string) => `${page}. Last looked at ${on}: if it does not answer, use the directory below.`,
  /** @param page a link. @param where a country, or nothing. */
  directory: (page: string, where: string) =>
    `**${where === '' ? 'Any other country' : where}:** ${page} lists lines for nearly every country, with their hours.`,
  call: 'What a call is like',
  help: 'If it is about somebody else',
  all: 'Show all lines',
  button: 'Somebody to talk to',
};
