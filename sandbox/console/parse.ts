/** What a typed line means. Pure: it knows the grammar, not what there is. */

export type Line =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'slash'; readonly words: readonly string[]; readonly options: ReadonlyMap<string, string> }
  | { readonly kind: 'as'; readonly name: string }
  | { readonly kind: 'press'; readonly label: string }
  | { readonly kind: 'choose'; readonly menu: string | undefined; readonly values: readonly string[] }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'look'; readonly place: string | undefined }
  | { readonly kind: 'clock'; readonly forwardMs: number | undefined }
  | { readonly kind: 'people' | 'channels' | 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'unknown'; readonly hint: string };

/** The words that a line may begin with, beside a slash command; what they do is in the help. */
export const verbs = ['as', 'press', 'choose', 'say', 'look', 'people', 'channels', 'clock', 'help', 'quit'] as const;

/** Reads one line. */
export function parseLine(line: string): Line {
  const trimmed = line.trim();
  if (trimmed === '') return { kind: 'nothing' };
  if (trimmed.startsWith('/')) return parseSlash(trimmed.slice(1));
  const [first, rest] = splitOnce(trimmed, /\s+/);
  const verb = first.toLowerCase();
  switch (verb) {
    case 'as':
      return rest === undefined ? hint('Say whom: as NAME. "people" lists them.') : { kind: 'as', name: unquote(rest) };
    case 'press':
      return rest === undefined
        ? hint('Say which button: press LABEL.')
        : { kind: 'press', label: unquote(rest.replace(/^\[(.*)\]$/, '$1')) };
    case 'choose':
      return rest === undefined ? hint('Say what: choose MENU: one, another.') : parseChoice(rest);
    case 'say':
      return rest === undefined ? hint('Say what: say TEXT.') : { kind: 'say', text: rest };
    case 'look':
      return { kind: 'look', place: rest?.replace(/^#/, '') };
    case 'clock':
      return parseClock(rest);
    case 'people':
    case 'channels':
    case 'help':
      return { kind: verb };
    case 'quit':
    case 'exit':
      return { kind: 'quit' };
    default:
      return hint(didYouMean(verb));
  }
}

function hint(text: string): Line {
  return { kind: 'unknown', hint: text };
}

function didYouMean(word: string): string {
  const near = verbs.find((verb) => word.length > 1 && (verb.startsWith(word) || word.startsWith(verb)));
  const first = near ? `Did you mean "${near}"?` : `There is no "${word}" here.`;
  return `${first} A command of the bot begins with a slash; "help" says what else there is.`;
}

/**
 * `/register mentor timezone:Asia/Karachi about:"I like tea"`: words of the command, then options.
 * A word without a name goes on with the option before it, so that quotes are rarely needed.
 */
function parseSlash(text: string): Line {
  const words: string[] = [];
  const options = new Map<string, string>();
  let current: string | undefined;
  for (const token of tokens(text)) {
    const named = /^([\p{L}][-_'\p{L}\p{N}]*):(.*)$/su.exec(token.text);
    if (named && !token.quoted) {
      current = (named[1] ?? '').toLowerCase();
      options.set(current, named[2] ?? '');
    } else if (current === undefined) {
      words.push(token.text);
    } else {
      const before = options.get(current) ?? '';
      options.set(current, before === '' ? token.text : `${before} ${token.text}`);
    }
  }
  if (words.length === 0) return hint('Type the name of a command after the slash; Tab lists them.');
  return { kind: 'slash', words, options };
}

/** Words, where quotes hold one together: `a:"b c"` is one token without its quotes. */
function* tokens(text: string): Generator<{ readonly text: string; readonly quoted: boolean }> {
  for (const [token] of text.matchAll(/(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/g)) {
    yield {
      text: token.replaceAll(/"((?:[^"\\]|\\.)*)"?/g, (_, inner: string) => unescape(inner)),
      quoted: token.startsWith('"'),
    };
  }
}

/** `choose Specialty: Pediatrics, Surgery`; the menu may be left out where there is only one. */
function parseChoice(text: string): Line {
  const [before, after] = splitOnce(text, /:\s*/);
  const menu = after === undefined ? undefined : unquote(before.trim());
  const values = splitList(after ?? before);
  return values.length === 0 ? hint('Say which values: choose MENU: one, another.') : { kind: 'choose', menu, values };
}

/** Parts between commas; quotes keep a comma inside a part. */
export function splitList(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
  return parts.map((part) => unquote(part.trim())).filter((part) => part !== '');
}

const units: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** `clock` alone shows the time, `clock +1d` or `clock +2h30m` moves it. */
function parseClock(text: string | undefined): Line {
  if (text === undefined) return { kind: 'clock', forwardMs: undefined };
  const forwardMs = parseDuration(text.replace(/^\+\s*/, ''));
  if (forwardMs === undefined) return hint('Say how far: clock +1d, clock +2h30m, clock +1w. Time only moves forward.');
  return { kind: 'clock', forwardMs };
}

/** Milliseconds of `1w`, `2d`, `2h30m`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\s*\d+\s*[wdhms])+\s*$/i.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)\s*([wdhms])/gi)) {
    sum += Number(count) * (units[(unit ?? '').toLowerCase()] ?? 0);
  }
  return sum;
}

function unquote(text: string): string {
  const inner = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  return inner === undefined ? text : unescape(inner);
}

function unescape(text: string): string {
  return text.replaceAll(/\\(["\\])/g, '$1');
}

function splitOnce(text: string, at: RegExp): [string, string | undefined] {
  const match = at.exec(text);
  if (!match) return [text, undefined];
  return [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}
