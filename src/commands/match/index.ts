import {
  type BaseInteraction,
  LabelBuilder,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { listDatesOfGuilds, listGuildDates } from '../../db/dates.ts';
import { findGuild } from '../../db/guilds.ts';
import { findJourney, listGuildsOfJourney } from '../../db/journeys.ts';
import { memberOf } from '../../discord/acting.ts';
import { answeredCard, answersToMatch, matchCard, type MatchScene } from '../../discord/cards/match.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { travelingOf } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { askLater } from '../../journey/match/behind.ts';
import { matchPhaseAt } from '../../journey/match/phase.ts';
import { matchChannelOf } from '../../journey/match/settings.ts';
import { lineLimit, shareLine, takeLineBack } from '../../journey/match/share.ts';
import { setRoad } from '../../journey/roadmap/walk.ts';
import type { Texts } from '../../texts/en.ts';

const data = (t: Texts) => new SlashCommandBuilder().setName('match').setDescription(t.match.command);

/** What cards are made from, as of now. */
async function sceneOf(ctx: ActContext, interaction: BaseInteraction): Promise<MatchScene> {
  const { guildId, userId } = travelingOf(interaction);
  const rows = guildId === null ? await listDatesOfGuilds(ctx.db, await listGuildsOfJourney(ctx.db, userId)) : await listGuildDates(ctx.db, guildId); // prettier-ignore
  return { t: ctx.t, year: matchPhaseAt(ctx.now()).week.year, rows, now: ctx.now() };
}

/** Whether whoever acts could share a line where they act. */
async function sharesHere(ctx: ActContext, interaction: BaseInteraction): Promise<boolean> {
  const { guildId } = travelingOf(interaction);
  const guild = guildId === null ? undefined : await findGuild(ctx.db, guildId);
  return guild !== undefined && guild.left_at === null && guild.match_share === 1 && matchChannelOf(guild) !== null;
}

async function firstCard(ctx: ActContext, interaction: BaseInteraction): Promise<Card> {
  const { phase } = matchPhaseAt(ctx.now());
  return matchCard(await sceneOf(ctx, interaction), phase, await sharesHere(ctx, interaction));
}

/**
 * Match Week, privately: in servers, in direct messages, wherever somebody installed the bot. What is pressed is answered
 * and forgotten: no row, no count and no log says who matched.
 */
export default {
  name: 'match',
  for: 'everyone',
  data,

  anywhere: {
    async ''(ctx, interaction) {
      await answer(interaction, await firstCard(ctx, interaction));
    },
  },

  buttons: {
    /** Below the word for everybody: in a message of one's own. */
    [keys.match.open]: async (ctx, interaction) => {
      await answer(interaction, await firstCard(ctx, interaction));
    },
    [keys.match.back]: async (ctx, interaction) => {
      await change(interaction, await firstCard(ctx, interaction));
    },
    /** Answers one of the three. An old card before its time shows what there is to see. */
    [keys.match.said]: async (ctx, interaction, [wanted]) => {
      const said = answersToMatch.find((each) => each === wanted);
      if (!said) throw new UserError((t) => t.common.outdated);
      const { phase } = matchPhaseAt(ctx.now());
      if (phase !== 'whether' && phase !== 'where') return await change(interaction, await firstCard(ctx, interaction));
      const stage = (await findJourney(ctx.db, interaction.user.id))?.stage;
      const shares = await sharesHere(ctx, interaction);
      await change(interaction, answeredCard(await sceneOf(ctx, interaction), said, phase, { stage, shares }));
    },
    /** Changes the stage: only ever because somebody pressed this. */
    [keys.match.stage]: async (ctx, interaction, [stage]) => {
      if (stage !== 'matched' && stage !== 'reapplying') throw new UserError((t) => t.common.outdated);
      if (!(await findJourney(ctx.db, interaction.user.id))) throw new UserError((t) => t.match.refused.noRoad);
      await setRoad(ctx, interaction.user.id, { stage });
      await answer(interaction, { content: ctx.t.match.stageChanged });
    },
    [keys.match.share]: async (ctx, interaction) => {
      const text = ctx.t.match.share;
      const input = new TextInputBuilder()
        .setCustomId('line')
        .setStyle(TextInputStyle.Paragraph)
        .setMaxLength(lineLimit)
        .setRequired(true);
      const label = new LabelBuilder()
        .setLabel(text.label(lineLimit))
        .setDescription(text.hint)
        .setTextInputComponent(input);
      const form = new ModalBuilder()
        .setCustomId(customId(keys.match.shareForm))
        .setTitle(text.title)
        .addLabelComponents(label);
      await openForm(interaction, form.toJSON());
    },
    [keys.match.takeBack]: async (ctx, interaction) => {
      const taken = await takeLineBack(ctx, memberOf(interaction));
      await answer(interaction, { content: taken ? ctx.t.match.share.takenBack : ctx.t.match.share.nothing });
    },
    /** Below the question whether they would help: they are asked once more. */
    [keys.match.notNow]: async (ctx, interaction) => {
      const { later, never } = ctx.t.match.behind;
      await answer(interaction, { content: (await askLater(ctx, interaction.user.id)) ? later : never });
    },
  },

  modals: {
    [keys.match.shareForm]: async (ctx, interaction) => {
      const channel = await shareLine(ctx, memberOf(interaction), textIn(interaction, 'line'));
      await answer(interaction, { content: ctx.t.match.share.posted(`<#${channel}>`) });
    },
  },
} satisfies Command;
