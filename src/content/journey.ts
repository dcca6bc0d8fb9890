/** The journey: official pages, the roadmap, dates, the guide and who listens, read from YAML and checked. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ContentError, oncePerId, parseContent, slug, stages } from './index.ts';
import { tipCategories } from './library.ts';
import { once } from '../once.ts';

/** Limits in characters, and how many steps a stage may have before nobody reads them. */
export const journeyLimits = { question: 100, answer: 450, title: 60, text: 300, name: 120, itemsOfStage: 12 } as const;

/** The themes of the journey are those of the tips: what a tip touches, here somebody can act on. */
export const themes = tipCategories;
const themeIds = themes.map(({ id }) => id);
/** What each theme has at least. */
export const leastOfTheme = { items: 3, entries: 5, pages: 1 } as const;

/** For how many days a statement counts after it was checked. */
export const freshDays = { rule: 90, fee: 90, visa: 30, help: 180, date: 30 } as const;

export const pathways = ['1', '3', '4', '5', '6'] as const;
export const visaAnswers = ['yes', 'no', 'unsure', 'unsaid'] as const;

const day = z.iso.date();
const theme = z.enum(themeIds as [(typeof themeIds)[number], ...(typeof themeIds)[number][]]);
const stage = z.enum(stages.map(({ id }) => id));
const text = (most: number) => z.string().min(1).max(most).regex(/^\S.*\S$/s, 'must not begin or end with a space'); // prettier-ignore

const sourceSchema = z.strictObject({
  id: slug,
  name: text(journeyLimits.name),
  url: z.url({ protocol: /^https$/ }),
  themes: z.array(theme).min(1),
  /** Whether the address was met in a stored copy of the page; otherwise nobody of ours has seen it yet. */
  seen: z.boolean().default(true),
});

/** How a fact was read: in a stored copy of the official page, or in somebody else's words about it. */
export const bases = ['official-copy', 'second-hand'] as const;

/** What a statement of fact carries. */
const factual = {
  kind: z.enum(['advice', 'rule', 'fee', 'visa', 'help']),
  source: slug.optional(),
  basis: z.enum(bases).optional(),
  checked: day.optional(),
  review_by: day.optional(),
};

/** Where to read, of what states no fact; and further pages. */
const pointers = { see: slug.optional(), more: z.array(slug).min(1).optional() };

const entrySchema = z.strictObject({
  id: slug,
  theme,
  question: text(journeyLimits.question),
  answer: text(journeyLimits.answer),
  ...factual,
  ...pointers,
  /** What else people call it: only searched, never shown. */
  words: z.string().optional(),
});

const itemSchema = z.strictObject({
  id: slug,
  stage,
  theme,
  title: text(journeyLimits.title),
  text: text(journeyLimits.text),
  ...factual,
  ...pointers,
  /** Items that usually come first. */
  needs: z.array(slug).default([]),
  /** Whom it concerns; everybody when absent. */
  pathways: z.array(z.enum(pathways)).min(1).optional(),
  visa: z.array(z.enum(['yes', 'no', 'unsure'])).min(1).optional(), // prettier-ignore
  who: z.enum(['student', 'graduate']).optional(),
  /** Weeks that it usually takes; from experience. */
  lead: z.int().positive(),
  /** Dates that it hangs on, without their cycle. */
  dates: z.array(slug).default([]),
  optional: z.boolean().default(false),
  /** Whether the stage is over with it. */
  ends: z.boolean().default(false),
});

const dateSchema = z
  .strictObject({
    id: slug,
    /** The Match year. */
    cycle: z.int().min(2027).max(2100),
    what: z.enum(['opens', 'closes', 'happens']),
    title: text(journeyLimits.title),
    note: text(journeyLimits.text),
    theme,
    /** What earlier cycles did, after "usually". */
    pattern: text(journeyLimits.title * 2),
    stages: z.array(stage).min(1),
    day: day.optional(),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).optional(), // prettier-ignore
    zone: z.string().optional(),
    source: slug,
    checked: day,
  })
  .refine(({ id, cycle }) => id.endsWith(`-${cycle}`), { path: ['id'], message: 'must end with its cycle' })
  .refine(({ day, time }) => time === undefined || day !== undefined, { path: ['time'], message: 'needs a day' })
  .refine(({ time, zone }) => (time === undefined) === (zone === undefined), {
    path: ['zone'],
    message: 'goes together with the hour',
  });

/** Named in full, so that who listens can be shown although nothing else can be read. */
const pageSchema = z.strictObject({ name: text(journeyLimits.name), url: z.url({ protocol: /^https$/ }) });

const lineSchema = z.strictObject({
  id: slug,
  name: text(journeyLimits.name),
  how: text(journeyLimits.text),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  page: pageSchema,
  basis: z.enum(bases),
  checked: day,
  review_by: day,
});

const supportSchema = z.strictObject({
  lines: z.array(lineSchema).min(1).superRefine(oncePerId),
  /** The page that knows lines of every country. */
  directory: pageSchema,
  /** What a call is like, and how to help somebody else. */
  call: text(1_000),
  help: text(1_000),
  /** What a moderator can write. */
  words: z.array(z.strictObject({ id: slug, when: text(journeyLimits.title), say: text(1_000) })).min(1),
});

export type Source = Readonly<z.infer<typeof sourceSchema>>;
export type GuideEntry = Readonly<z.infer<typeof entrySchema>>;
export type RoadmapItem = Readonly<z.infer<typeof itemSchema>>;
export type KnownDate = Readonly<z.infer<typeof dateSchema>>;
export type HelpLine = Readonly<z.infer<typeof lineSchema>>;
type Support = Readonly<z.infer<typeof supportSchema>>;
export type Theme = z.infer<typeof theme>;
export type Pathway = (typeof pathways)[number];
/** What states a fact, or nothing but advice. */
export type Factual = Pick<GuideEntry, 'kind' | 'source' | 'basis' | 'checked' | 'review_by'> & {
  /** Whether moderators of the guild in which it is shown have read it again. */
  readonly isReadHere?: true;
};

/** Everything that the journey is made of. */
export interface JourneyContent {
  readonly sources: readonly Source[];
  readonly guide: readonly GuideEntry[];
  readonly roadmap: readonly RoadmapItem[];
  readonly dates: readonly KnownDate[];
  readonly support: Support;
  readonly synonyms: readonly (readonly string[])[];
}

const files = {
  sources: z.array(sourceSchema).min(1).superRefine(oncePerId),
  guide: z.array(entrySchema).min(1).superRefine(oncePerId),
  roadmap: z.array(itemSchema).min(1).superRefine(oncePerId),
  dates: z.array(dateSchema).min(1).superRefine(oncePerId),
  support: supportSchema,
  synonyms: z.array(z.array(z.string().min(2)).min(2)),
} as const;

/**
 * Reads the journey.
 * @param read gives the text of a file, by its name without `.yaml`.
 * @throws ContentError that lists every fault of every file, and of what they say of each other.
 */
export function loadJourney(read: (file: keyof typeof files) => string): JourneyContent {
  const faults: string[] = [];
  const load = <T>(file: keyof typeof files, schema: z.ZodType<T>): T => {
    try {
      return parseContent(`journey/${file}.yaml`, read(file), schema);
    } catch (error) {
      faults.push(error instanceof ContentError ? error.message : `journey/${file}.yaml: cannot be read`);
      // Nobody sees it: with a fault, nothing is returned.
      return undefined as T;
    }
  };
  const content: JourneyContent = {
    sources: load('sources', files.sources),
    guide: load('guide', files.guide),
    roadmap: load('roadmap', files.roadmap),
    dates: load('dates', files.dates),
    support: load('support', files.support),
    synonyms: load('synonyms', files.synonyms),
  };
  if (faults.length === 0) faults.push(...findFaults(content));
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
  return content;
}

/** Pure: what is wrong between the files, one line each; nothing when all is well. */
export function findFaults(content: JourneyContent): readonly string[] {
  const sources = new Map(content.sources.map((source) => [source.id, source]));
  const named = (where: string, ids: readonly (string | undefined)[]): string[] =>
    ids.flatMap((id) => (id === undefined || sources.has(id) ? [] : [`${where}: no source ${id} in sources.yaml`]));
  const urls = new Set(content.sources.map(({ url }) => url));
  const listed = (where: string, url: string) => (urls.has(url) ? [] : [`${where}: ${url} is not in sources.yaml`]);
  const { guide, roadmap, dates, support } = content;
  return [
    ...guide.flatMap((entry) => [
      ...named(`guide.yaml: ${entry.id}`, [entry.source, entry.see, ...(entry.more ?? [])]),
      ...faultsOfFact(entry, `guide.yaml: ${entry.id}`, `${entry.question} ${entry.answer}`),
    ]),
    ...roadmap.flatMap((item) => [
      ...named(`roadmap.yaml: ${item.id}`, [item.source, item.see, ...(item.more ?? [])]),
      ...faultsOfFact(item, `roadmap.yaml: ${item.id}`, `${item.title} ${item.text}`),
    ]),
    ...dates.flatMap((date) => [
      ...named(`dates.yaml: ${date.id}`, [date.source]),
      ...(date.zone === undefined || isZone(date.zone) ? [] : [`dates.yaml: ${date.id}: no zone ${date.zone}`]),
    ]),
    ...support.lines.flatMap((line) => [
      ...listed(`support.yaml: ${line.id}`, line.page.url),
      ...faultsOfDays({ ...line, kind: 'help' }, `support.yaml: ${line.id}`),
    ]),
    ...listed('support.yaml: directory', support.directory.url),
    ...faultsOfRoad(content),
    ...faultsOfThemes(content),
  ];
}

/** Digits that state nothing: names of exams, forms, visas and lines. */
const namesWithDigits =
  /\bSteps? [123](?: CK| CS)?\b|\b[JHF]-[12]B?\b|\bI-94\b|\bDS-2019\b|\bPGY-\d\b|\bPathways? \d(?:(?:,| and| or) \d)*\b|\bConrad 30\b|\bERAS 20\d\d\b|\b3 and 4 on\b|\b5 on a degree\b|\b6 on six\b|\b988\b/g;

/** A figure, a sum or a date, however it is written. */
const figure =
  /\d|%|\b(?:percent|dollars)\b|\b(?:January|February|March|April|June|July|August|September|October|November|December) \d/;

/** Pure: what a text states as a figure, a sum or a date. */
export function statesFigure(text: string): boolean {
  return figure.test(text.replaceAll(namesWithDigits, 'name'));
}

function faultsOfFact(entry: Factual, where: string, text: string): string[] {
  const carried = { source: entry.source, basis: entry.basis, checked: entry.checked, review_by: entry.review_by };
  const missing = Object.entries(carried).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (entry.kind === 'advice') {
    if (missing.length < 4) return [`${where}: advice states no fact, so it has no source to be checked`];
    const stated = text.replaceAll(quoted, '');
    return statesFigure(stated) ? [`${where}: states a figure or a date without source, checked and review_by`] : [];
  }
  if (missing.length > 0) return [`${where}: a ${entry.kind} lacks ${missing.join(', ')}`];
  return faultsOfDays(entry, where);
}

/** What somebody is to say aloud states nothing. */
const quoted = /"[^"]*"/g;

function faultsOfDays({ kind, checked, review_by: until }: Factual, where: string): string[] {
  if (kind === 'advice' || checked === undefined || until === undefined) return [];
  if (until <= checked) return [`${where}: review_by must be after checked`];
  const most = addDays(checked, freshDays[kind]);
  return until <= most ? [] : [`${where}: a ${kind} must be looked at within ${freshDays[kind]} days, by ${most}`];
}

/** Pure: a day so many days later. @param day YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function faultsOfRoad({ roadmap, dates }: JourneyContent): string[] {
  const byId = new Map(roadmap.map((item) => [item.id, item]));
  const series = new Set(dates.map(({ id }) => seriesOf(id)));
  const faults = roadmap.flatMap(({ id, needs, dates: hangsOn }) => [
    ...needs.flatMap((need) => (byId.has(need) ? [] : [`roadmap.yaml: ${id}: needs ${need}, which is no item`])),
    ...hangsOn.flatMap((date) => (series.has(date) ? [] : [`roadmap.yaml: ${id}: hangs on ${date}, which is no date`])),
  ]);
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open') {
      faults.push(`roadmap.yaml: ${[...path.slice(path.indexOf(id)), id].join(' needs ')}: a circle`);
      return;
    }
    state.set(id, 'open');
    for (const need of byId.get(id)?.needs ?? []) visit(need, [...path, id]);
    state.set(id, 'done');
  };
  for (const { id } of roadmap) visit(id, []);
  for (const { id } of stages) {
    const items = roadmap.filter((item) => item.stage === id);
    if (items.length > journeyLimits.itemsOfStage)
      faults.push(`roadmap.yaml: ${id} has ${items.length} items, and ${journeyLimits.itemsOfStage} is the most`);
  }
  return faults;
}

function faultsOfThemes({ roadmap, guide, sources }: JourneyContent): string[] {
  return themeIds.flatMap((id) => {
    const has = {
      items: roadmap.filter((item) => item.theme === id).length,
      entries: guide.filter((entry) => entry.theme === id).length,
      pages: sources.filter((source) => source.themes.includes(id)).length,
    };
    return Object.entries(leastOfTheme).flatMap(([what, least]) =>
      has[what as keyof typeof has] < least ? [`theme ${id}: fewer than ${least} ${what}`] : [],
    );
  });
}

/** Pure: a date without its cycle: `rank-list` of `rank-list-2027`. */
export function seriesOf(dateId: string): string {
  return dateId.replace(/-\d{4}$/, '');
}

/** All of it, frozen. @throws ContentError that lists every fault. */
export const journey = once(() =>
  loadJourney((file) => readFileSync(new URL(`journey/${file}.yaml`, import.meta.url), 'utf8')),
);

/** Who listens, at hand from the start: it is shown also when nothing else can be read. */
export const support: Support = parseContent(
  'journey/support.yaml',
  readFileSync(new URL('journey/support.yaml', import.meta.url), 'utf8'),
  supportSchema,
);

const byId = <T extends { readonly id: string }>(list: () => readonly T[]) =>
  once(() => new Map(list().map((entry) => [entry.id, entry])));

export const sourceById = byId(() => journey().sources);
export const itemById = byId(() => journey().roadmap);
export const dateById = byId(() => journey().dates);
export const guideById = byId(() => journey().guide);

/** The hosts of those who make the rules, or help: a link that leads elsewhere is not official. */
export const officialHosts = once(
  () => new Set(journey().sources.map(({ url }) => new URL(url).host.replace(/^www\./, ''))),
);

/** Pure: whether an address is https and on an official host, or below one. */
export function isOfficial(address: string): boolean {
  try {
    const { protocol, host, username, password, port } = new URL(address);
    const plain = protocol === 'https:' && username === '' && password === '' && port === '';
    const name = host.replace(/^www\./, '');
    return plain && [...officialHosts()].some((official) => name === official || name.endsWith(`.${official}`));
  } catch {
    return false;
  }
}

const editionOf = once(() => {
  let hash = 0x811c9dc5;
  for (const { id, title, text: body, stage: of } of journey().roadmap) {
    for (const char of `${id}|${of}|${title}|${body};`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return { edition: (hash >>> 0).toString(36) };
});

/** What the roadmap is known by: it changes with every edition in which an item came, went or changed. */
export const roadmapEdition = (): string => editionOf().edition;
