import { ButtonStyle } from 'discord.js';
import { areUsual, fitScale, type Part, parts, type Weights } from '../../matching/index.ts';
import type { WeightsPreview } from '../../mentoring/weights.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { mention } from '../../discord/text.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';

/** What counts at present, and how it is changed. */
export function weightsCard(t: Texts, weights: Weights): Card {
  const text = t.weights;
  const lines = parts.map((part) => `- ${text.part(part, percent(t, weights[part]))}`);
  const usual = areUsual(weights) ? text.usual : text.own;
  return { embeds: [{ title: text.title, description: [lines.join('\n'), usual, text.howTo].join('\n\n') }] };
}

/** What would count instead, what that would change, and whether to do so. */
export function weightsPreviewCard(t: Texts, preview: WeightsPreview): Card {
  const text = t.weights;
  const { before, after, examples } = preview;
  const lines = parts.map((part) => `- ${text.changedPart(part, percent(t, before[part]), percent(t, after[part]))}`);
  const shown = examples.map((each) =>
    text.preview.example(mention(t, each.menteeId), mention(t, each.before), mention(t, each.after)),
  );
  return {
    embeds: [
      {
        title: text.preview.title,
        description: [lines.join('\n'), difference(t, preview), text.preview.nothingYet].join('\n\n'),
        ...(shown.length > 0 ? { fields: [{ name: text.preview.examples, value: shown.join('\n') }] } : {}),
      },
    ],
    components: [
      row(
        button([keys.setup.useWeights, written(before), written(after)], text.preview.use, ButtonStyle.Primary),
        button([keys.setup.keepWeights], text.preview.keep),
      ),
    ],
  };
}

/** What came of a preview, without its buttons. */
export function weightsDecidedCard(t: Texts, weights: Weights, isSaved: boolean): Card {
  const text = t.weights;
  const [embed] = weightsCard(t, weights).embeds ?? [];
  return { content: isSaved ? text.saved : text.kept, embeds: embed ? [embed] : [] };
}

function difference(t: Texts, { sample, suited, otherFirst, otherShown }: WeightsPreview): string {
  const text = t.weights;
  if (sample === 0) return text.preview.nobody;
  if (suited === 0) return text.preview.noneSuited(sample);
  return [
    text.preview.sample(suited),
    `- ${text.preview.otherFirst(otherFirst)}`,
    `- ${text.preview.otherShown(otherShown)}`,
  ].join('\n');
}

/** A weight in percent, with two digits at most after the point. */
function percent(t: Texts, weight: number): string {
  return t.weights.percent(String(Number(((weight * 100) / fitScale).toFixed(2))));
}

/** Weights within a custom id: the parts in the order of their table. */
function written(weights: Weights): string {
  return parts.map((part) => weights[part]).join('-');
}

/** Reads what `written` wrote. It comes from a client and may be anything: whoever uses it checks it. */
export function readWeights(value: string | undefined): Partial<Record<Part, number>> {
  const numbers = (value ?? '').split('-').map(Number);
  return Object.fromEntries(parts.map((part, i) => [part, numbers[i]]));
}
