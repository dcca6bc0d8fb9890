/** The lists that profiles choose from and the texts of the library, read from YAML and checked once, at start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readYaml } from './yaml.ts';

/** Discord's limit on the options of a menu. */
const menuLimit = 25;

export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower case letters, digits and hyphens');

/** Where on the road, in order. Written out here so that code which treats one of them specially is checked. */
const stageIds = [
  'student',
  'step-1',
  'step-2-ck',
  'certification',
  'applying',
  'interviewing',
  'reapplying',
  'matched',
  'resident',
  'fellow',
  'attending',
] as const;

const specialtySchema = z.strictObject({ id: slug, family: slug });
const stageSchema = z.strictObject({ id: z.enum(stageIds), rank: z.int().positive() });
const topicSchema = z.strictObject({ id: slug });
const languageSchema = z.strictObject({ id: slug, often: z.boolean().default(false) });
/** So that it fits into a message beside a heading and a greeting. */
const text = z.string().min(1).max(1_500);
const conductSchema = z.strictObject({ version: z.int().positive(), text });
const guideSchema = z.strictObject({ text });

export type Specialty = Readonly<z.infer<typeof specialtySchema>>;
export type Stage = Readonly<z.infer<typeof stageSchema>>;
export type Topic = Readonly<z.infer<typeof topicSchema>>;
export type Language = Readonly<z.infer<typeof languageSchema>>;

/** Content that does not meet its schema. The message names file, entry and fault, one a line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

/**
 * Reads one content file.
 * @param name for messages. @param yaml its text.
 * @returns its content, frozen throughout.
 * @throws ContentError that lists every fault.
 */
export function parseContent<T>(name: string, yaml: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = readYaml(yaml);
  } catch (error) {
    throw new ContentError(`${name}: ${error instanceof Error ? error.message : 'is no YAML'}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return freeze(result.data);
  const faults = result.error.issues.map(({ path, message }) => [name, ...placeOf(path, value), message].join(': '));
  throw new ContentError(faults.join('\n'));
}

/** What a person looks for in the file: the id of the entry, or its number where it has none, then the field. */
function placeOf(path: readonly PropertyKey[], value: unknown): readonly string[] {
  const [first, ...rest] = path;
  if (first === undefined) return [];
  if (!Array.isArray(value) || typeof first !== 'number') return [path.map(String).join('.')];
  const { id } = z.object({ id: z.string() }).safeParse(value[first]).data ?? {};
  return [[id ?? `entry ${first + 1}`, ...rest.map(String)].join('.')];
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}

/** Refuses a second entry of an id. */
export function oncePerId(entries: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  entries.forEach(({ id }, i) => {
    if (seen.has(id)) context.addIssue({ code: 'custom', path: [i, 'id'], message: 'stands there twice' });
    seen.add(id);
  });
}

/** A list for a menu: at most 25 entries, every id once. */
export function menuOf<T extends { readonly id: string }>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(entry).min(1).max(menuLimit).superRefine(oncePerId);
}

/** How many languages a form shows beside the entry for the others. */
const oftenAtMost = menuLimit - 1;

const languageList = z
  .array(languageSchema)
  .min(1)
  .superRefine(oncePerId)
  .refine((list) => list.filter(({ often }) => often).length <= oftenAtMost, 'has too many that are often');

/**
 * Reads all content files.
 * @param read gives a file's text.
 * @throws ContentError that lists every fault of every file, so that they can be mended in one go.
 */
export function loadContent(read: (file: string) => string) {
  const faults: string[] = [];
  const load = <T>(file: string, schema: z.ZodType<T>): T => {
    try {
      return parseContent(file, read(file), schema);
    } catch (error) {
      faults.push(error instanceof ContentError ? error.message : `${file}: cannot be read`);
      // Nobody sees it: with a fault, nothing is returned.
      return undefined as T;
    }
  };
  const content = {
    specialties: load<readonly Specialty[]>('specialties.yaml', menuOf(specialtySchema)),
    stages: load<readonly Stage[]>('stages.yaml', menuOf(stageSchema)),
    topics: load<readonly Topic[]>('topics.yaml', menuOf(topicSchema)),
    languages: load<readonly Language[]>('languages.yaml', languageList),
    codeOfConduct: load<Readonly<z.infer<typeof conductSchema>>>('code-of-conduct.yaml', conductSchema),
    /** Discord takes up to 1,000 phrases in a rule, each of up to 60 characters. */
    examPhrases: load<readonly string[]>('exam-phrases.yaml', z.array(z.string().min(3).max(60)).min(1).max(1_000)),
    firstMeeting: load<Readonly<z.infer<typeof guideSchema>>>('first-meeting.yaml', guideSchema),
  };
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
  return content;
}

const content = loadContent((file) => readFileSync(new URL(file, import.meta.url), 'utf8'));

/** Alphabetical, another and undecided last. */
export const specialties = content.specialties;
/** In the order of the road. */
export const stages = content.stages;
export const topics = content.topics;
/** English first, then alphabetical. */
export const languages = content.languages;
/** What everybody agrees to before registering; asked again when the version grows. */
export const codeOfConduct = content.codeOfConduct;
/** Phrases with which content of real exams is offered or asked for. */
export const examPhrases = content.examPhrases;
/** What opens the thread of a new pair. */
export const firstMeeting = content.firstMeeting;

/** The specialty of those who have not chosen one. */
export const undecided = 'undecided';
/** Stands for every specialty that the list does not have: two who chose it need have nothing in common. */
export const anotherSpecialty = 'another';

/** By id as anybody may hand it in: what comes from a person or the database is looked up here first. */
const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((entry) => [entry.id, entry]));

export const specialtyById = byId(specialties);
export const stageById = byId(stages);
export const topicById = byId(topics);
export const languageById = byId(languages);

/**
 * How far on the road a stage is; a larger rank is further.
 * @throws when there is no such stage: profiles hold checked ones only.
 */
export function rankOf(stage: string): number {
  const found = stageById.get(stage);
  if (!found) throw new Error(`no stage ${stage}`);
  return found.rank;
}
