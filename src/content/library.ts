/**
 * The library: tips and prompts, read from YAML and checked when they are first asked for. What a moderator adds for one
 * guild is not here but in the database.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ContentError, oncePerId, parseContent, slug } from './index.ts';
import { once } from '../once.ts';

/** Limits in characters. A card with the longest of each stays far below Discord's 4000; a phone shows it in one look. */
export const tipLimits = { title: 80, text: 700 } as const;
/** Limits in characters, and the number of checkpoints: three are remembered, ten are a textbook. */
export const promptLimits = { question: 500, checkpoints: 3, checkpoint: 220, answer: 900, why: 300 } as const;
/** Limit on the name of a source or page, in characters. */
const nameLimit = 80;

/** What a tip is about, in the order that menus show. */
export const tipCategories = [
  { id: 'us-medical-system', name: 'US medical system and licensure' },
  { id: 'ecfmg-certification', name: 'ECFMG certification' },
  { id: 'researching-programs', name: 'Researching programs' },
  { id: 'usmle-preparation', name: 'USMLE preparation' },
  { id: 'clinical-experience', name: 'Clinical experience' },
  { id: 'personal-statement-and-letters', name: 'Personal statement and letters' },
  { id: 'networking-and-mentorship', name: 'Networking and mentorship' },
  { id: 'cultural-adaptation', name: 'Cultural adaptation' },
  { id: 'resilience', name: 'Resilience and persistence' },
  { id: 'interviews-and-ranking', name: 'Interviews, ranking and SOAP' },
  { id: 'staying-informed', name: 'Staying informed' },
] as const;

/** The exams that prompts prepare for, in the order of the road. */
export const promptExams = [
  { id: 'step-1', name: 'Step 1' },
  { id: 'step-2-ck', name: 'Step 2 CK' },
  { id: 'step-3', name: 'Step 3' },
] as const;

/** The systems of the public USMLE content outline, in its order. */
export const promptSystems = [
  { id: 'human-development', name: 'Human development' },
  { id: 'immune', name: 'Immune system' },
  { id: 'blood-lymphoreticular', name: 'Blood and lymphoreticular system' },
  { id: 'behavioral-health', name: 'Behavioral health' },
  { id: 'nervous', name: 'Nervous system and special senses' },
  { id: 'skin', name: 'Skin and subcutaneous tissue' },
  { id: 'musculoskeletal', name: 'Musculoskeletal system' },
  { id: 'cardiovascular', name: 'Cardiovascular system' },
  { id: 'respiratory', name: 'Respiratory system' },
  { id: 'gastrointestinal', name: 'Gastrointestinal system' },
  { id: 'renal-urinary', name: 'Renal and urinary system' },
  { id: 'pregnancy', name: 'Pregnancy, childbirth and the puerperium' },
  { id: 'female-reproductive', name: 'Female reproductive system and breast' },
  { id: 'male-reproductive', name: 'Male reproductive system' },
  { id: 'endocrine', name: 'Endocrine system' },
  { id: 'multisystem', name: 'Multisystem processes and disorders' },
  { id: 'biostatistics', name: 'Biostatistics, epidemiology and the literature' },
  { id: 'social-sciences', name: 'Ethics, communication and patient safety' },
] as const;

/** The disciplines of the three Steps: sciences first, clinical ones after. */
export const promptDisciplines = [
  { id: 'anatomy-embryology', name: 'Anatomy and embryology' },
  { id: 'histology-cell-biology', name: 'Histology and cell biology' },
  { id: 'physiology', name: 'Physiology' },
  { id: 'biochemistry-nutrition', name: 'Biochemistry and nutrition' },
  { id: 'genetics', name: 'Genetics' },
  { id: 'immunology', name: 'Immunology' },
  { id: 'microbiology', name: 'Microbiology' },
  { id: 'pathology', name: 'Pathology' },
  { id: 'pharmacology', name: 'Pharmacology' },
  { id: 'behavioral-sciences', name: 'Behavioral sciences' },
  { id: 'biostatistics-epidemiology', name: 'Biostatistics and epidemiology' },
  { id: 'ethics-communication', name: 'Ethics, communication and patient safety' },
  { id: 'medicine', name: 'Internal medicine' },
  { id: 'neurology', name: 'Neurology' },
  { id: 'surgery', name: 'Surgery' },
  { id: 'pediatrics', name: 'Pediatrics' },
  { id: 'obstetrics-gynecology', name: 'Obstetrics and gynecology' },
  { id: 'psychiatry', name: 'Psychiatry' },
  { id: 'emergency-medicine', name: 'Emergency medicine' },
  { id: 'family-medicine', name: 'Family medicine' },
] as const;

const line = (limit: number) =>
  z.string().min(1).max(limit).regex(/^\S.*\S$/s, 'must not begin or end with a space'); // prettier-ignore
const page = z.strictObject({ name: line(nameLimit), url: z.url({ protocol: /^https$/ }) });
const day = z.iso.date();
const oneOf = <T extends string>(list: readonly { readonly id: T }[]) => z.enum(list.map(({ id }) => id));

/**
 * What a statement of fact carries: its official source, the day it was compared with notes about that page, the day
 * somebody opened the page itself and compared, if anybody has, and until when it may be posted.
 */
const sourced = {
  source: page.optional(),
  checked: day.optional(),
  opened: day.optional(),
  review_by: day.optional(),
};

interface Sourced {
  readonly source?: unknown;
  readonly checked?: string | undefined;
  readonly opened?: string | undefined;
  readonly review_by?: string | undefined;
}

/** All three or none, the page opened only where there is one; and a review lies after the check. */
function requireDates<T extends Sourced>(entry: T, context: z.RefinementCtx<T>): void {
  const { source, checked, review_by } = entry;
  for (const [name, value] of Object.entries({ source, checked, review_by })) {
    if (value === undefined && (source ?? checked ?? review_by) !== undefined) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is missing: source, checked and review_by go together',
      });
    }
  }
  if (entry.opened !== undefined && source === undefined)
    context.addIssue({ code: 'custom', path: ['opened'], message: 'is the day the source was opened: name it' });
  if (checked !== undefined && review_by !== undefined && review_by <= checked) {
    context.addIssue({ code: 'custom', path: ['review_by'], message: 'must be after checked' });
  }
}

const tipSchema = z
  .strictObject({
    id: slug,
    category: oneOf(tipCategories),
    title: line(tipLimits.title),
    text: line(tipLimits.text),
    /** The official page that has what the tip does not state: rules and fees that change. */
    see: page.optional(),
    ...sourced,
  })
  .superRefine(requireDates);

const promptSchema = z
  .strictObject({
    id: slug,
    exam: oneOf(promptExams),
    system: oneOf(promptSystems),
    discipline: oneOf(promptDisciplines),
    /** What it shares with the others of this name: they are not posted soon after one another. */
    apart: slug.optional(),
    /** To be answered aloud, to somebody. */
    question: line(promptLimits.question),
    /** What a good answer has. */
    checkpoints: z.array(line(promptLimits.checkpoint)).length(promptLimits.checkpoints),
    /** A model answer. */
    answer: line(promptLimits.answer),
    /** Why it matters on the wards. */
    why: line(promptLimits.why),
    ...sourced,
  })
  .superRefine(requireDates);

export type Tip = Readonly<z.infer<typeof tipSchema>>;
export type Prompt = Readonly<z.infer<typeof promptSchema>>;

const listOf = <T extends { readonly id: string }>(entry: z.ZodType<T>): z.ZodType<readonly T[]> =>
  z.array(entry).superRefine(oncePerId);

/** @throws ContentError that lists every fault of the file. */
export const parseTips = (yaml: string): readonly Tip[] => parseContent('tips.yaml', yaml, listOf<Tip>(tipSchema));
/** @throws ContentError that lists every fault of the file. */
export const parsePrompts = (yaml: string): readonly Prompt[] =>
  parseContent('prompts.yaml', yaml, listOf<Prompt>(promptSchema));

/** All tips of the library, frozen, in the order of the file. @throws ContentError that lists every fault. */
export const tips = once(() => parseTips(read('tips.yaml')));
/** All prompts of the library, frozen, in the order of the file. @throws ContentError that lists every fault. */
export const prompts = once(() => parsePrompts(read('prompts.yaml')));

/**
 * Pure: whether an entry may still be posted: it states no fact, or the day of its review has not passed.
 * @param today YYYY-MM-DD in UTC.
 */
export function isCurrent(entry: { readonly review_by?: string | undefined }, today: string): boolean {
  return entry.review_by === undefined || today <= entry.review_by;
}

function read(file: string): string {
  try {
    return readFileSync(new URL(file, import.meta.url), 'utf8');
  } catch {
    throw new ContentError(`${file}: cannot be read`);
  }
}
