/** The lists that profiles choose from and the texts of the library, read from YAML and checked once, at start. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** Discord's limit on the options of a menu. */
const menuLimit = 25;
/** Discord's limit on an option's label and description, in characters. */
const labelLimit = 100;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower case letters, digits and hyphens');
const label = z.string().min(1).max(labelLimit);

const specialtySchema = z.strictObject({ id: slug, name: label, family: slug });
const stageSchema = z.strictObject({ id: slug, name: label, rank: z.int().positive(), description: label });
const topicSchema = z.strictObject({ id: slug, name: label, phrase: label, description: label });
const languageSchema = z.strictObject({ id: slug, name: label });
/** Fits into a message beside a heading. */
const text = z.string().min(1).max(1_800);
const conductSchema = z.strictObject({ version: z.int().positive(), text });
const guideSchema = z.strictObject({ text });

export type Specialty = z.infer<typeof specialtySchema>;
export type Stage = z.infer<typeof stageSchema>;
export type Topic = z.infer<typeof topicSchema>;
export type Language = z.infer<typeof languageSchema>;

/** Content that does not meet its schema. The message names file, entry and fault, one a line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

/**
 * Reads one content file.
 * @param name for messages. @param yaml its text.
 * @throws ContentError that lists every fault.
 */
export function parseContent<T>(name: string, yaml: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = parse(yaml);
  } catch (error) {
    throw new ContentError(`${name}: ${error instanceof Error ? error.message : 'is no YAML'}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const at = (path: readonly PropertyKey[]) => {
    const [first, ...rest] = path;
    const entry =
      Array.isArray(value) && typeof first === 'number' ? (value[first] as { id?: unknown } | null)?.id : undefined;
    return [typeof entry === 'string' ? entry : first, ...rest].map(String).join('.');
  };
  throw new ContentError(result.error.issues.map((issue) => `${name}: ${at(issue.path)}: ${issue.message}`).join('\n'));
}

/** A list for a menu: at most 25 entries, every id once. */
export function menuOf<T extends { readonly id: string }>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(entry)
    .min(1)
    .max(menuLimit)
    .refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, 'an id stands there twice');
}

function load<T>(file: string, schema: z.ZodType<T>): T {
  return parseContent(file, readFileSync(new URL(file, import.meta.url), 'utf8'), schema);
}

/** Alphabetical, undecided last. */
export const specialties: readonly Specialty[] = load('specialties.yaml', menuOf(specialtySchema));
/** In the order of the road. */
export const stages: readonly Stage[] = load('stages.yaml', menuOf(stageSchema));
export const topics: readonly Topic[] = load('topics.yaml', menuOf(topicSchema));
export const languages: readonly Language[] = load('languages.yaml', menuOf(languageSchema));
/** What everybody agrees to before registering; asked again when the version grows. */
export const codeOfConduct = load('code-of-conduct.yaml', conductSchema);
/** What opens the thread of a new pair. */
export const firstMeeting = load('first-meeting.yaml', guideSchema);

/** The specialty of those who have not chosen one. */
export const undecided = 'undecided';

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
