import { type ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { button, type Id, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import type { ActContext } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import { memberOf } from '../../discord/acting.ts';
import { answer, type Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { allowSelectors, markSelecting, placeLimit, type Selecting, unmarkSelecting } from '../../mentoring/season.ts';
import type { Texts } from '../../texts/en.ts';

/** `/mentor season`: who helps to choose residents, and who does not mind. */
export function seasonData(t: Texts): SlashCommandSubcommandBuilder {
  const { options } = t.season;
  return new SlashCommandSubcommandBuilder()
    .setName('season')
    .setDescription(t.season.command)
    .addBooleanOption((option) => option.setName('selecting').setDescription(options.selecting))
    .addStringOption((option) => option.setName('until').setDescription(options.until).setMaxLength(20))
    .addStringOption((option) => option.setName('place').setDescription(options.place).setMaxLength(placeLimit))
    .addBooleanOption((option) => option.setName('rounds').setDescription(options.rounds));
}

/** Notes what is named, and says what follows. */
export async function season(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { options } = interaction;
  const whose = memberOf(interaction);
  const text = ctx.t.season;
  const [day, place] = [options.getString('until') ?? undefined, options.getString('place') ?? ''];
  // A day or a place says that they take part.
  const selecting = options.getBoolean('selecting') ?? (day !== undefined || place !== '' ? true : null);
  const rounds = options.getBoolean('rounds');
  const lines: string[] = [];
  if (selecting === true) lines.push(text.marked(await markSelecting(ctx, whose, { day, place })));
  if (selecting === false) {
    await unmarkSelecting(ctx, whose);
    lines.push(text.unmarked);
  }
  if (rounds !== null) {
    await allowSelectors(ctx, whose, rounds);
    lines.push(text.allowed[`${rounds}`]);
  }
  await answer(interaction, { content: lines.length > 0 ? lines.join('\n') : text.nothing });
}

/**
 * What a mentee reads before they ask somebody who helps to choose residents.
 * @param goesOn the press by which they say that they do not apply there. @param typed their words, where they have written them.
 */
export function selectingCard(
  t: Texts,
  mentorId: string,
  { until, place }: Selecting,
  { goesOn, typed }: { readonly goesOn: Id; readonly typed: string },
): Card {
  const text = t.season;
  return {
    content: text.note(mentorId, place === null ? null : showTyped(place), until),
    ...(typed === '' ? {} : { embeds: [embed(t, text.words, showTyped(typed))] }),
    components: [row(button(goesOn, text.notThere), button([keys.mentor.find], t.mentor.ask.another))],
  };
}
