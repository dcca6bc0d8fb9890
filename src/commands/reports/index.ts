import {
  type AutocompleteInteraction,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  SlashCommandBuilder,
  SlashCommandStringOption,
} from 'discord.js';
import type { Case } from '../../db/cases/cases.ts';
import { findGuild, type Guild } from '../../db/guilds.ts';
import { caseOutcomes } from '../../db/schema.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import { isHandler } from '../../discord/handlers.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { answer, change, openForm, suggest } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { clip } from '../../marks.ts';
import {
  actOnCase,
  askReporter,
  askToDecide,
  type CaseFile,
  closeCase,
  handOver,
  handlerActs,
  listSeenCases,
  noteCase,
  readCase,
  reopenCase,
  takeCase,
} from '../../mentoring/cases/handle.ts';
import { noSuchCase, releaseCasesOf } from '../../mentoring/cases/handlers.ts';
import { wordsLength } from '../../mentoring/cases/limits.ts';
import { takeOutOfShared } from '../../study/groups/apart.ts';
import type { Texts } from '../../texts/en.ts';
import { caseCard, closeForm, listCard, wordsForm } from './cards.ts';

/** Whoever acts, where they handle reports; others read what they would read if there were none. */
async function requireHandler(
  ctx: ActContext,
  interaction: BaseInteraction,
): Promise<Acting & { readonly guild: Guild }> {
  if (!interaction.inCachedGuild()) throw new UserError((t) => t.common.notInGuild);
  const guild = await findGuild(ctx.db, interaction.guildId);
  if (!guild || !isHandler(guild, interaction.member)) {
    await releaseCasesOf(ctx, memberOf(interaction));
    throw noSuchCase();
  }
  return { guildId: interaction.guildId, userId: interaction.user.id, guild };
}

function cardFor(ctx: ActContext, by: Acting & { readonly guild: Guild }, file: CaseFile) {
  return caseCard(ctx.t, file, by.userId, by.guild.case_days);
}

type Slash = ChatInputCommandInteraction<'cached'>;
type Work = (by: Acting, caseId: string, interaction: Slash, ctx: ActContext) => Promise<CaseFile>;

/** A subcommand about one case: does something, and shows the case as it now is. */
function about(work: Work) {
  return async (ctx: ActContext, interaction: Slash): Promise<void> => {
    const by = await requireHandler(ctx, interaction);
    const file = await work(by, interaction.options.getString('case', true), interaction, ctx);
    await answer(interaction, cardFor(ctx, by, file));
  };
}

const data = (t: Texts) => {
  const text = t.cases.reports;
  const which = () =>
    new SlashCommandStringOption().setName('case').setDescription(text.case).setRequired(true).setAutocomplete(true);
  const words = () =>
    new SlashCommandStringOption()
      .setName('words')
      .setDescription(text.words)
      .setRequired(true)
      .setMaxLength(wordsLength);
  return new SlashCommandBuilder()
    .setName('reports')
    .setDescription(text.description)
    .addSubcommand((list) =>
      list
        .setName('list')
        .setDescription(text.list)
        .addBooleanOption((option) => option.setName('closed').setDescription(text.closed)),
    )
    .addSubcommand((show) => show.setName('show').setDescription(text.show).addStringOption(which()))
    .addSubcommand((take) => take.setName('take').setDescription(text.take).addStringOption(which()))
    .addSubcommand((ask) =>
      ask
        .setName('ask')
        .setDescription(text.ask)
        .addStringOption(which())
        .addStringOption(words())
        .addIntegerOption((option) => option.setName('statement').setDescription(text.statement).setMinValue(1)),
    )
    .addSubcommand((note) =>
      note.setName('note').setDescription(text.note).addStringOption(which()).addStringOption(words()),
    )
    .addSubcommand((give) =>
      give
        .setName('give')
        .setDescription(text.give)
        .addStringOption(which())
        .addUserOption((option) => option.setName('member').setDescription(text.member).setRequired(true)),
    )
    .addSubcommand((act) =>
      act
        .setName('act')
        .setDescription(text.act)
        .addStringOption(which())
        .addStringOption((option) =>
          option
            .setName('what')
            .setDescription(text.what)
            .setRequired(true)
            .addChoices(handlerActs.map((value) => ({ name: t.cases.acts[value], value }))),
        )
        .addIntegerOption((option) => option.setName('statement').setDescription(text.statement).setMinValue(1)),
    )
    .addSubcommand((close) =>
      close
        .setName('close')
        .setDescription(text.close)
        .addStringOption(which())
        .addStringOption((option) =>
          option
            .setName('outcome')
            .setDescription(text.outcome)
            .setRequired(true)
            .addChoices(
              caseOutcomes
                .filter((value) => value !== 'withdrawn')
                .map((value) => ({ name: t.cases.outcomes[value], value })),
            ),
        ),
    )
    .addSubcommand((reopen) => reopen.setName('reopen').setDescription(text.reopen).addStringOption(which()));
};

/** Reports, for those who handle them. Others read that there is no such case. */
export default {
  name: 'reports',
  for: 'everyone',
  data,

  subcommands: {
    list: async (ctx, interaction) => {
      const by = await requireHandler(ctx, interaction);
      const which = interaction.options.getBoolean('closed') === true ? 'closed' : 'open';
      await answer(interaction, listCard(ctx.t, await listSeenCases(ctx, by, which), which));
    },
    show: about(async (by, id, _, ctx) => await readCase(ctx, by, id)),
    take: about(async (by, id, _, ctx) => await takeCase(ctx, by, id)),
    ask: about(async (by, id, { options }, ctx) => {
      return await askReporter(
        ctx,
        by,
        id,
        options.getString('words', true),
        options.getInteger('statement') ?? undefined,
      );
    }),
    note: about(async (by, id, { options }, ctx) => await noteCase(ctx, by, id, options.getString('words', true))),
    give: async (ctx, interaction) => {
      const by = await requireHandler(ctx, interaction);
      const member = interaction.options.getMember('member');
      const { id } = interaction.options.getUser('member', true);
      if (!member || member.user.bot || !isHandler(by.guild, member))
        throw new UserError((t) => t.cases.refused.notHandler(id));
      const file = await handOver(ctx, by, interaction.options.getString('case', true), id);
      await answer(interaction, cardFor(ctx, by, file));
    },
    act: about(async (by, id, interaction, ctx) => {
      const what = handlerActs.find((each) => each === interaction.options.getString('what', true));
      if (!what) throw new UserError((t) => t.common.outdated);
      const { options, guild } = interaction;
      if (what === 'ask-to-decide') return await askToDecide(ctx, by, id, options.getInteger('statement') ?? undefined);
      return await actOnCase(ctx, by, id, what, { ownerId: guild.ownerId, takeOutOfShared });
    }),
    close: about(async (by, id, { options }, ctx) => await closeCase(ctx, by, id, options.getString('outcome', true))),
    reopen: about(async (by, id, _, ctx) => await reopenCase(ctx, by, id)),
  },

  async autocomplete(ctx, interaction) {
    await suggest(interaction, await findChoices(ctx, interaction));
  },

  buttons: {
    [keys.reports.list]: async (ctx, interaction) => {
      const by = await requireHandler(ctx, interaction);
      await answer(interaction, listCard(ctx.t, await listSeenCases(ctx, by, 'open'), 'open'));
    },
    [keys.reports.open]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await answer(interaction, cardFor(ctx, by, await readCase(ctx, by, id)));
    },
    [keys.reports.take]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await change(interaction, cardFor(ctx, by, await takeCase(ctx, by, id)));
    },
    [keys.reports.reopen]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await change(interaction, cardFor(ctx, by, await reopenCase(ctx, by, id)));
    },
    [keys.reports.ask]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await readCase(ctx, by, id);
      await openForm(interaction, wordsForm(keys.reports.askForm, id, ctx.t.cases.card.ask));
    },
    [keys.reports.decide]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await change(interaction, cardFor(ctx, by, await askToDecide(ctx, by, id)));
    },
    [keys.reports.note]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await readCase(ctx, by, id);
      await openForm(interaction, wordsForm(keys.reports.noteForm, id, ctx.t.cases.card.note));
    },
    [keys.reports.close]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await readCase(ctx, by, id);
      await openForm(interaction, closeForm(ctx.t, id));
    },
  },

  modals: {
    [keys.reports.askForm]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await answer(interaction, cardFor(ctx, by, await askReporter(ctx, by, id, textIn(interaction, 'words'))));
    },
    [keys.reports.noteForm]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      await answer(interaction, cardFor(ctx, by, await noteCase(ctx, by, id, textIn(interaction, 'words'))));
    },
    [keys.reports.closeForm]: async (ctx, interaction, [id = '']) => {
      const by = await requireHandler(ctx, interaction);
      const outcome = valuesIn(interaction, 'outcome')[0] ?? '';
      await answer(interaction, cardFor(ctx, by, await closeCase(ctx, by, id, outcome)));
    },
  },
} satisfies Command;

async function findChoices(ctx: ActContext, interaction: AutocompleteInteraction<'cached'>) {
  const guild = await findGuild(ctx.db, interaction.guildId);
  if (!guild || !isHandler(guild, interaction.member)) return [];
  const by = { guildId: interaction.guildId, userId: interaction.user.id };
  const isReopening = interaction.options.getSubcommand() === 'reopen';
  const closed =
    isReopening || interaction.options.getSubcommand() === 'show' ? await listSeenCases(ctx, by, 'closed') : [];
  const open = isReopening ? [] : await listSeenCases(ctx, by, 'open');
  const typed = interaction.options.getFocused().toLowerCase();
  return [...open, ...closed]
    .filter(({ id }) => id.includes(typed))
    .slice(0, limits.choices)
    .map((of) => ({ name: clip(choiceName(ctx.t, of), limits.choiceName), value: of.id }));
}

function choiceName(t: Texts, of: Case): string {
  const state = of.outcome === null ? t.cases.states[of.state] : t.cases.outcomes[of.outcome];
  return `${of.id} · ${t.cases.categories[of.category]} · ${state}`;
}
