import {
  ButtonStyle,
  type MessageComponentInteraction,
  type RepliableInteraction,
  SlashCommandBuilder,
} from 'discord.js';
import { journey as content } from '../../content/journey.ts';
import { searchZones } from '../../content/zones/index.ts';
import { findJourney } from '../../db/journeys.ts';
import { button, row } from '../../discord/buttons.ts';
import { readRoad, type Road, roadCard, stageCard, stageName } from '../../discord/cards/road.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { textIn } from '../../discord/forms.ts';
import { addBeginOptions, roadOf } from '../../discord/journey.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { answer, type Card, change, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireZone } from '../../guild/zones.ts';
import { readDay } from '../../journey/dates/stated.ts';
import { eraseJourney } from '../../journey/own/journey.ts';
import { itemsFor, stateIn } from '../../journey/roadmap/items.ts';
import { annotate, enterNextStage, itemActs, seeEdition, setRoad, walk } from '../../journey/roadmap/walk.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs } from '../../time.ts';
import { itemCard, noteForm } from './item.ts';
import { pictureCard, textCard } from './picture.ts';
import { readSettings, settingsForm } from './settings.ts';

const data = (t: Texts) => {
  const text = t.roadmap.command;
  return new SlashCommandBuilder()
    .setName('roadmap')
    .setDescription(text.description)
    .addSubcommand((show) => addBeginOptions(t, show.setName('show').setDescription(text.show)))
    .addSubcommand((set) => addBeginOptions(t, set.setName('set').setDescription(text.set)))
    .addSubcommand((tick) =>
      tick
        .setName('tick')
        .setDescription(text.tick)
        .addStringOption((step) =>
          step.setName('step').setDescription(text.step).setRequired(true).setAutocomplete(true),
        ),
    )
    .addSubcommand((erase) => erase.setName('erase').setDescription(text.erase));
};

/** The road of whoever acts, read. @throws UserError when they have none: a button of an old card. */
async function requireRoad(ctx: ActContext, userId: string): Promise<Road> {
  const road = await readRoad(ctx.db, userId, ctx.now());
  if (!road) throw new UserError((t) => t.deadlines.refused.noJourney);
  return road;
}

async function nextCard(ctx: ActContext, userId: string): Promise<Card> {
  const road = await requireRoad(ctx, userId);
  return roadCard(ctx.t, road, ctx.now(), await seeEdition(ctx, road.journey));
}

/** A step, or the list as it is for a step that is none. */
async function stepCard(ctx: ActContext, userId: string, itemId: string): Promise<Card> {
  const road = await requireRoad(ctx, userId);
  return itemCard(ctx.t, road, itemId, ctx.now()) ?? stageCard(ctx.t, road, road.journey.stage);
}

/** Does what a button says with a step, and shows what became of it. */
async function walkOn(
  ctx: ActContext,
  interaction: MessageComponentInteraction,
  said: string,
  itemId: string,
): Promise<void> {
  const act = itemActs.find((each) => each === said);
  if (!act) throw new UserError((t) => t.common.outdated);
  const userId = interaction.user.id;
  const walked = await walk(ctx, userId, itemId, act);
  if (!walked) return await change(interaction, await stepCard(ctx, userId, itemId));
  const text = ctx.t.roadmap;
  const card = await nextCard(ctx, userId);
  const moved = text.moved[walked.state](walked.item.title);
  if (walked.stageNext === undefined) return await change(interaction, { ...card, content: moved });
  const name = stageName(ctx.t, walked.stageNext);
  const from = (await requireRoad(ctx, userId)).journey.stage;
  await change(interaction, {
    content: [moved, text.stageOver(name)].join('\n\n'),
    components: [
      row(
        button([keys.roadmap.stage, from], text.goOn(name), ButtonStyle.Success),
        button([keys.roadmap.show], text.stay),
      ),
    ],
  });
}

/** Opens the form for where somebody stands: it has to be the first answer, so nothing slow comes before. */
async function openSettings(ctx: ActContext, interaction: MessageComponentInteraction): Promise<void> {
  const journey = await findJourney(ctx.db, interaction.user.id);
  if (!journey) throw new UserError((t) => t.deadlines.refused.noJourney);
  await openForm(interaction, settingsForm(ctx.t, journey, ctx.now()));
}

async function showNext(ctx: ActContext, interaction: RepliableInteraction): Promise<void> {
  if (await roadOf(ctx, interaction)) await answer(interaction, await nextCard(ctx, interaction.user.id));
}

/** Somebody's own road, step by step: in servers, in direct messages, and wherever they installed the bot for themselves. */
export default {
  name: 'roadmap',
  for: 'everyone',
  data,

  anywhere: {
    show: showNext,
    async set(ctx, interaction) {
      if (!(await roadOf(ctx, interaction))) return;
      const { options, user } = interaction;
      const [typed, stage] = [options.getString('timezone'), options.getString('stage')];
      if (typed !== null || stage !== null) {
        const zone = typed === null ? {} : { zone: requireZone(typed, ctx.now()) };
        await setRoad(ctx, user.id, { ...zone, ...(stage === null ? {} : { stage }) });
        return await answer(interaction, await nextCard(ctx, user.id));
      }
      const journey = await findJourney(ctx.db, user.id);
      if (journey) await openForm(interaction, settingsForm(ctx.t, journey, ctx.now()));
    },
    async tick(ctx, interaction) {
      const wanted = interaction.options.getString('step', true);
      const found = content().roadmap.find(({ id, title }) => id === wanted || title === wanted);
      if (!(await roadOf(ctx, interaction, found && ['step', found.id]))) return;
      await answer(interaction, await stepCard(ctx, interaction.user.id, found?.id ?? wanted));
    },
    async erase(ctx, interaction) {
      const text = ctx.t.roadmap.erase;
      if (!(await findJourney(ctx.db, interaction.user.id))) return await answer(interaction, { content: text.none });
      await answer(interaction, {
        content: text.ask,
        components: [
          row(button([keys.roadmap.erase], text.yes, ButtonStyle.Danger), button([keys.roadmap.keep], text.no)),
        ],
      });
    },
  },

  async autocompleteAnywhere(ctx, interaction) {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'timezone') return await suggest(interaction, searchZones(value, epochMs(ctx.now())));
    const road = await readRoad(ctx.db, interaction.user.id, ctx.now());
    const wanted = value.trim().toLowerCase();
    const items = road ? itemsFor(content().roadmap, road.journey) : content().roadmap;
    const named = items
      .filter(({ title }) => title.toLowerCase().includes(wanted))
      .map((item) => ({
        name: road ? `${ctx.t.roadmap.mark[stateIn(road.journey, item, road.touched)]} ${item.title}` : item.title,
        value: item.id,
      }));
    await suggest(interaction, named.slice(0, limits.choices));
  },

  buttons: {
    /** The next three, in place of what the message showed. */
    [keys.roadmap.show]: async (ctx, interaction) => {
      if (await roadOf(ctx, interaction)) await change(interaction, await nextCard(ctx, interaction.user.id));
    },
    [keys.roadmap.door]: showNext,
    /** A step that somebody asked for before their road had begun. */
    [keys.roadmap.step]: async (ctx, interaction, [id = '']) => {
      await change(interaction, await stepCard(ctx, interaction.user.id, id));
    },
    [keys.roadmap.all]: async (ctx, interaction, [stage = '']) => {
      await change(interaction, stageCard(ctx.t, await requireRoad(ctx, interaction.user.id), stage));
    },
    [keys.roadmap.picture]: async (ctx, interaction) => {
      await answer(interaction, await pictureCard(ctx.t, await requireRoad(ctx, interaction.user.id)));
    },
    [keys.roadmap.file]: async (ctx, interaction) => {
      await answer(interaction, textCard(ctx.t, await requireRoad(ctx, interaction.user.id), ctx.now()));
    },
    [keys.roadmap.settings]: openSettings,
    [keys.roadmap.walk]: (ctx, interaction, [act = '', id = '']) => walkOn(ctx, interaction, act, id),
    [keys.roadmap.note]: async (ctx, interaction, [id = '']) => {
      await openForm(interaction, noteForm(ctx.t, await requireRoad(ctx, interaction.user.id), id));
    },
    /** Goes on to the next stage: only ever because somebody pressed this. */
    [keys.roadmap.stage]: async (ctx, interaction, [from = '']) => {
      await enterNextStage(ctx, interaction.user.id, from);
      await change(interaction, await nextCard(ctx, interaction.user.id));
    },
    [keys.roadmap.erase]: async (ctx, interaction) => {
      const text = ctx.t.roadmap.erase;
      const erased = await eraseJourney(ctx, interaction.user.id);
      await change(interaction, { content: erased ? text.done : text.none });
    },
    [keys.roadmap.keep]: async (ctx, interaction) => {
      await change(interaction, { content: ctx.t.roadmap.erase.kept });
    },
  },

  menus: {
    /** Opens a step. */
    [keys.roadmap.open]: async (ctx, interaction) => {
      await change(interaction, await stepCard(ctx, interaction.user.id, interaction.values[0] ?? ''));
    },
  },

  modals: {
    [keys.roadmap.setForm]: async (ctx, interaction) => {
      await setRoad(ctx, interaction.user.id, readSettings(interaction));
      const card = await nextCard(ctx, interaction.user.id);
      await answer(interaction, { ...card, content: ctx.t.roadmap.set.saved });
    },
    [keys.roadmap.noteForm]: async (ctx, interaction, [id = '']) => {
      const typed = textIn(interaction, 'day').trim();
      const day = typed === '' ? undefined : readDay(typed);
      if (typed !== '' && day === undefined) throw new UserError((t) => t.deadlines.refused.noDay);
      await annotate(ctx, interaction.user.id, id, textIn(interaction, 'note'), day);
      await answer(interaction, await stepCard(ctx, interaction.user.id, id));
    },
  },
} satisfies Command;
