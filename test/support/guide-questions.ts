/** Questions as applicants type them, with what answers each; the file says who wrote which and when. */
import { readFileSync } from 'node:fs';

interface AskedQuestion {
  readonly ask: string;
  /** Whatever of these is among the answers is right: an id of the guide, or `item:` and one of the road. */
  readonly wanted: ReadonlySet<string>;
}

export const askedQuestions: readonly AskedQuestion[] = readFileSync(
  new URL('../fixtures/guide/questions.txt', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [ask = '', ids = ''] = line.split('|');
    return { ask: ask.trim(), wanted: new Set(ids.split(',').map((id) => id.trim())) };
  });

/** Whether something found answers a question. */
export function isAnswer(
  { wanted }: AskedQuestion,
  { kind, id }: { readonly kind: string; readonly id: string },
): boolean {
  return wanted.has(kind === 'guide' ? id : `${kind}:${id}`);
}
