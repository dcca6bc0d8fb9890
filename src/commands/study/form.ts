import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { languages } from '../../content/index.ts';
import { customId } from '../../discord/custom-ids.ts';
import { chooser, type Entry, textIn, valuesIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { groupSize } from '../../matching/form/index.ts';
import type { GroupDraft } from '../../study/groups/create.ts';
import { aboutLength, monthsAhead } from '../../study/limits.ts';
import { monthNumber, monthText } from '../../study/people.ts';
import type { StudySubject } from '../../study/topics.ts';
import type { Texts } from '../../texts/en.ts';

/** What stands for a target that is not fixed. */
const notFixed = 'none';
const sessionCounts = [1, 2, 3];
/** Languages of one group: more than people switch between. */
const languagesAtMost = 5;

/** What a form is filled in with. */
interface FormStart {
  readonly subject: StudySubject;
  readonly minutes: number;
  readonly languages: readonly string[];
  /** Today, as an instant. */
  readonly now: string;
}

/** The form for a new group; the subject and the length travel in its id. */
export function createForm(t: Texts, start: FormStart): APIModalInteractionResponseCallbackData {
  const text = t.study.form;
  const about = new TextInputBuilder()
    .setCustomId('about')
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(aboutLength)
    .setRequired(false);
  const sizes = Array.from({ length: groupSize.max - groupSize.min + 1 }, (_, i) => groupSize.min + i);
  return new ModalBuilder()
    .setCustomId(customId(keys.study.createForm, start.subject.topic, start.subject.place, String(start.minutes)))
    .setTitle(text.createTitle)
    .addLabelComponents(
      ...sharedFields(t, start),
      menu(text.size, 'size', sizes.map((size) => ({ id: String(size), name: text.sizeEntry(size) })), ['4']), // prettier-ignore
      new LabelBuilder().setLabel(text.about).setTextInputComponent(about),
    )
    .toJSON();
}

/** The form of somebody who would rather be placed. */
export function matchForm(t: Texts, start: FormStart): APIModalInteractionResponseCallbackData {
  return new ModalBuilder()
    .setCustomId(customId(keys.study.matchForm, start.subject.topic, start.subject.place))
    .setTitle(t.study.form.matchTitle)
    .addLabelComponents(...sharedFields(t, start))
    .toJSON();
}

function sharedFields(t: Texts, { languages: own, now }: FormStart): LabelBuilder[] {
  const text = t.study.form;
  const first = monthNumber(now.slice(0, 7));
  const months = Array.from({ length: monthsAhead + 1 }, (_, i) => monthText(first + i));
  const spoken = [...new Set([...own, ...languages.filter(({ often }) => often).map(({ id }) => id)])];
  return [
    menu(
      text.target,
      'target',
      [{ id: notFixed, name: text.targetNone }, ...months.map((id) => ({ id, name: t.words.month(id) }))],
      [notFixed],
    ),
    menu(
      text.languages,
      'languages',
      spoken.slice(0, limits.choices).map((id) => ({ id, name: t.words.language(id) })),
      own.slice(0, languagesAtMost),
      languagesAtMost,
    ),
    menu(
      text.sessions,
      'sessions',
      sessionCounts.map((count) => ({ id: String(count), name: text.sessionsEntry(count) })),
      ['1'],
    ),
  ];
}

function menu(label: string, id: string, entries: readonly Entry[], chosen: readonly string[], most = 1): LabelBuilder {
  return new LabelBuilder().setLabel(label).setStringSelectMenuComponent(chooser(id, entries, { most, chosen }));
}

/** What was filled in. A client can send anything: the use cases look at it again. */
export function readForm(interaction: ModalSubmitInteraction): Omit<GroupDraft, 'subject' | 'minutes'> {
  const [target = notFixed] = valuesIn(interaction, 'target');
  const known = new Set(languages.map(({ id }) => id));
  const spoken = valuesIn(interaction, 'languages').filter((id) => known.has(id));
  return {
    target: /^\d{4}-\d{2}$/.test(target) ? target : null,
    languages: spoken.length > 0 ? spoken : ['en'],
    size: numberIn(interaction, 'size', 4),
    sessions: numberIn(interaction, 'sessions', 1),
    about: textIn(interaction, 'about').trim().slice(0, aboutLength),
  };
}

function numberIn(interaction: ModalSubmitInteraction, id: string, usual: number): number {
  const [value] = valuesIn(interaction, id);
  return value !== undefined && /^\d{1,2}$/.test(value) ? Number(value) : usual;
}
