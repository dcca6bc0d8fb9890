/** Tips and prompts as they are shown, wherever they come from: the library, or what a guild wrote itself. */
import { z } from 'zod';
import {
  type Prompt,
  promptExams,
  promptLimits,
  prompts,
  type Tip,
  tipCategories,
  tipLimits,
  tips,
} from '../../content/library.ts';
import { readAgain } from '../../content/checks.ts';
import { readFactChecks } from '../../db/reviews.ts';
import { once } from '../../once.ts';
import { findGuildContent, type GuildContent } from '../../db/guild-contents.ts';
import type { Db } from '../../db/open.ts';
import type { ContentSource } from '../../db/schema.ts';

/** A tip to be shown. What a guild wrote states no checked facts, so it has no source. */
export type TipEntry = Tip & { readonly from: ContentSource } & ReadHere;

/** A prompt to be shown. A guild's own names only the exam. */
export type PromptEntry = Omit<Prompt, 'system' | 'discipline'> &
  Partial<Pick<Prompt, 'system' | 'discipline'>> & { readonly from: ContentSource } & ReadHere;

/** Whether moderators of the guild were the last to compare it with its page. */
interface ReadHere {
  readonly isReadHere?: boolean | undefined;
}

const id = <T extends string>(list: readonly { readonly id: T }[]) => z.enum(list.map((entry) => entry.id));
const text = (most: number) => z.string().trim().min(1).max(most);

/** Longest address below a guild's tip, in characters. */
export const seeLimit = 300;

/** What is kept of a guild's own tip, beside its category. */
export const tipBody = z.object({
  title: text(tipLimits.title),
  text: text(tipLimits.text),
  /** Where to read on. */
  see: z.string().max(seeLimit).nullable().default(null),
});
export type TipBody = Readonly<z.infer<typeof tipBody>>;

/** What is kept of a guild's own prompt, beside its exam. */
export const promptBody = z.object({
  question: text(promptLimits.question),
  checkpoints: z.array(text(promptLimits.checkpoint)).length(promptLimits.checkpoints),
  answer: text(promptLimits.answer),
  why: text(promptLimits.why),
});
export type PromptBody = Readonly<z.infer<typeof promptBody>>;

export const tipCategory = id(tipCategories);
export const promptExam = id(promptExams);

/** Pure: a row as the tip that it holds. @throws for a row of another kind. */
export function tipOf(row: GuildContent): TipEntry {
  const { title, text, see } = tipBody.parse(JSON.parse(row.body));
  return {
    from: 'guild',
    id: row.id,
    category: tipCategory.parse(row.category),
    title,
    text,
    ...(see === null ? {} : { see: { name: new URL(see).hostname, url: see } }),
  };
}

/** Pure: a row as the prompt that it holds. @throws for a row of another kind. */
export function promptOf(row: GuildContent): PromptEntry {
  return {
    from: 'guild',
    id: row.id,
    exam: promptExam.parse(row.category),
    ...promptBody.parse(JSON.parse(row.body)),
  };
}

const libraryTips = once(() => new Map(tips().map((tip) => [tip.id, tip])));
const libraryPrompts = once(() => new Map(prompts().map((prompt) => [prompt.id, prompt])));

function wasApproved({ state }: GuildContent): boolean {
  return state === 'approved' || state === 'retired';
}

/** An entry of the library as moderators of a guild have read it again, where it states a fact and they did. */
async function asReadIn<Entry extends Tip | Prompt>(
  db: Db,
  guildId: string,
  kind: 'tip' | 'prompt',
  entry: Entry,
): Promise<Entry> {
  if (!entry.source) return entry;
  return readAgain<Entry>(entry, (await readFactChecks(db, guildId)).get(`${kind} ${entry.id}`));
}

/** A tip of the library, or of this guild if it was ever approved, whatever has become of it since; undefined when there is none. */
export async function findTip(db: Db, guildId: string, from: ContentSource, id: string): Promise<TipEntry | undefined> {
  if (from === 'library') {
    const tip = libraryTips().get(id);
    return tip && { ...(await asReadIn(db, guildId, 'tip', tip)), from };
  }
  const row = await findGuildContent(db, guildId, id);
  return row?.kind === 'tip' && wasApproved(row) ? tipOf(row) : undefined;
}

/**
 * A prompt of the library, or of this guild if it was ever approved, whatever has become of it since; undefined when there
 * is none. Its id stands in a button that anybody may have made up: what is a draft or a suggestion is nobody's to read.
 */
export async function findPrompt(
  db: Db,
  guildId: string,
  from: ContentSource,
  id: string,
): Promise<PromptEntry | undefined> {
  if (from === 'library') {
    const prompt = libraryPrompts().get(id);
    return prompt && { ...(await asReadIn(db, guildId, 'prompt', prompt)), from };
  }
  const row = await findGuildContent(db, guildId, id);
  return row?.kind === 'prompt' && wasApproved(row) ? promptOf(row) : undefined;
}
