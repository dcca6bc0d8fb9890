/** What people type into the forms for tips and prompts: checked, and kept as it will be shown. */
import { promptLimits, tipLimits } from '../../content/library.ts';
import { UserError } from '../../errors.ts';
import { withoutDirectionControls } from '../../marks.ts';
import { readAddress } from '../announcements/content.ts';
import { type PromptBody, promptBody, promptExam, seeLimit, type TipBody, tipBody, tipCategory } from './entries.ts';

/** What a form for a tip answered, unchecked. */
interface TipAnswers {
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly see: string;
}

/** What a form for a prompt answered, unchecked. */
interface PromptAnswers {
  readonly exam: string;
  readonly question: string;
  /** One a line. */
  readonly checkpoints: string;
  readonly answer: string;
  readonly why: string;
}

/** An entry ready to be kept. */
export type Written =
  | { readonly kind: 'tip'; readonly category: string; readonly body: TipBody }
  | { readonly kind: 'prompt'; readonly category: string; readonly body: PromptBody };

/** Signs without a shape: a field that holds only these is empty to whoever reads it. */
const shapeless = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2800\u3164]/gu;

/**
 * Pure: a tip as it is kept.
 * @throws UserError that names the field at fault.
 */
export function readTip(answers: TipAnswers): Written {
  const category = tipCategory.safeParse(answers.category);
  if (!category.success) throw new UserError((t) => t.content.refused.category);
  const typed = answers.see.trim();
  const see = typed === '' ? null : readAddress(typed, seeLimit);
  if (see === undefined) throw new UserError((t) => t.content.refused.link);
  const body = tipBody.parse({
    title: field('title', oneLine(answers.title), tipLimits.title),
    text: field('text', answers.text, tipLimits.text),
    see,
  });
  return { kind: 'tip', category: category.data, body };
}

/**
 * Pure: a prompt as it is kept.
 * @throws UserError that names the field at fault.
 */
export function readPrompt(answers: PromptAnswers): Written {
  const exam = promptExam.safeParse(answers.exam);
  if (!exam.success) throw new UserError((t) => t.content.refused.exam);
  const lines = answers.checkpoints
    .split('\n')
    // Who writes a list numbers it, and the card does so again.
    .map((line) => line.replace(/^\s*(?:[-*•]|\d[.)])\s+/, '').trim())
    .filter((line) => !isBlank(line));
  if (lines.length !== promptLimits.checkpoints) {
    throw new UserError((t) => t.content.refused.checkpoints(promptLimits.checkpoints, lines.length));
  }
  const body = promptBody.parse({
    question: field('question', answers.question, promptLimits.question),
    checkpoints: lines.map((line) => field('checkpoints', line, promptLimits.checkpoint)),
    answer: field('answer', answers.answer, promptLimits.answer),
    why: field('why', answers.why, promptLimits.why),
  });
  return { kind: 'prompt', category: exam.data, body };
}

/** @throws UserError when there is nothing in it, or more than may be. Lengths are in UTF-16 units, the strictest count. */
function field(
  name: 'title' | 'text' | 'question' | 'checkpoints' | 'answer' | 'why',
  typed: string,
  most: number,
): string {
  const words = withoutDirectionControls(typed)
    .replaceAll(/(\r?\n){3,}/g, '\n\n')
    .trim();
  if (isBlank(words)) throw new UserError((t) => t.content.refused.missing(t.content.form[name]));
  if (words.length > most)
    throw new UserError((t) => t.content.refused.tooLong(t.content.form[name], words.length, most));
  return words;
}

function isBlank(words: string): boolean {
  return words.replaceAll(shapeless, '') === '';
}

function oneLine(typed: string): string {
  return typed.replaceAll(/\s+/g, ' ');
}

/** Pure: the line by which people recognize an entry: a tip's title, a prompt's question. As typed: escape it before showing. */
export function headlineOf(row: { readonly kind: 'tip' | 'prompt'; readonly body: string }): string {
  const body: unknown = JSON.parse(row.body);
  return row.kind === 'tip' ? tipBody.parse(body).title : promptBody.parse(body).question;
}
