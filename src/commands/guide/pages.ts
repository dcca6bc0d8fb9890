/** The pages of the guide: one for each theme, with its questions, the steps of the road that belong to it, and who says so. */
import { type GuideEntry, journey as content, themes } from '../../content/journey.ts';
import { button, menuRow, row } from '../../discord/buttons.ts';
import { link } from '../../discord/cards/fact.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { limits } from '../../discord/limits.ts';
import { clip } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';

type Row = NonNullable<Card['components']>[number];

/** Opens the form for a question. */
export const askButton = (t: Texts) => button([keys.guide.ask], t.guide.another);

/** Themes to choose from. */
export function themeMenu(t: Texts): Row {
  const options = themes.map(({ id, name }) => ({ label: name, value: id }));
  return menuRow([keys.guide.page], t.guide.pages, options);
}

/** The page of a theme; of one that is none, the first. */
export function themeCard(t: Texts, wanted: string): Card {
  const text = t.guide;
  const theme = themes.find(({ id }) => id === wanted) ?? themes[0];
  const { guide, roadmap, sources } = content();
  const questions = guide.filter((entry) => entry.theme === theme.id);
  const steps = roadmap.filter((item) => item.theme === theme.id);
  const pages = sources.filter((source) => source.themes.includes(theme.id));
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  const about = [
    text.themes[theme.id],
    `**${text.questions}**\n${list(questions.map(({ question }) => question))}`,
    `**${text.steps}**\n${list(steps.map(({ title, stage }) => text.step(title, t.stages[stage]?.name ?? stage)))}`,
  ].join('\n\n');
  const official = list(pages.map((source) => `${link(source)}${source.seen ? '' : ` ${text.unseen}`}`));
  return {
    embeds: [embed(t, theme.name, about), embed(t, text.officialTitle, [text.pageIntro, official].join('\n\n'))],
    components: [
      themeMenu(t),
      menuRow(
        [keys.guide.read],
        text.read,
        questions.slice(0, limits.choices).map(({ id, question }) => ({ label: clip(question, 100), value: id })),
      ),
      row(askButton(t)),
    ],
  };
}

/** One answer, with the way back to its page. @param body what it says, with who says so. */
export function entryCard(t: Texts, entry: GuideEntry, body: string): Card {
  const text = t.guide;
  const name = themes.find(({ id }) => id === entry.theme)?.name ?? entry.theme;
  return {
    embeds: [{ ...embed(t, entry.question, body), footer: { text: text.nobodyAdvises } }],
    components: [row(button([keys.guide.theme, entry.theme], text.backTo(name)), askButton(t))],
  };
}
