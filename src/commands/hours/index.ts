import { type ButtonInteraction, type ChatInputCommandInteraction, SlashCommandBuilder } from 'discord.js';
import { codeOfConduct } from '../../content/index.ts';
import { isZone, searchZones } from '../../content/zones/index.ts';
import { findHours } from '../../db/hours.ts';
import { findMember } from '../../db/members.ts';
import { memberOf } from '../../discord/acting.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { answer, change, openForm, suggest } from '../../discord/replies.ts';
import { zoneField, zoneForm, zoneMeant } from '../../discord/zones.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { requireZone } from '../../guild/zones.ts';
import { type HoursForm, moveToZone, saveHours } from '../../hours/edit.ts';
import { agreeToConduct, hasAgreed } from '../../mentoring/profiles/save.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs } from '../../time.ts';
import { consentCard, hoursCard, refusedCard, typedIn } from './cards.ts';
import { decodeBoxes, formOf, hoursForm, readHoursForm } from './form.ts';

type Slash = ChatInputCommandInteraction<'cached'>;

/** Opens the form for whoever is known here; others say where they live, and read the code of conduct first. */
async function edit(ctx: ActContext, interaction: Slash): Promise<void> {
  const typed = interaction.options.getString('timezone');
  await begin(ctx, interaction, memberOf(interaction), typed === null ? undefined : requireZone(typed, ctx.now()));
}

async function begin(
  ctx: ActContext,
  interaction: Slash | ButtonInteraction,
  whose: Acting,
  zone?: string,
  wanted: readonly string[] = [],
): Promise<void> {
  await requireGuild(ctx.db, whose.guildId);
  const member = await findMember(ctx.db, whose.guildId, whose.userId);
  if (hasAgreed(member)) {
    if (zone !== undefined && zone !== member?.zone) await moveToZone(ctx, whose, zone);
    return await open(ctx, interaction, { whose, wanted, ...(zone === undefined ? {} : { zone }) });
  }
  const known = zone ?? member?.zone;
  if (known !== undefined) return await answer(interaction, consentCard(ctx.t, known, wanted));
  const { title, label } = ctx.t.home.zone;
  await openForm(interaction, zoneForm(ctx.t, [keys.hours.zoneForm, ...wanted], { title, label }));
}

async function open(
  ctx: ActContext,
  interaction: Slash | ButtonInteraction,
  {
    whose,
    wanted,
    zone,
    typed,
  }: {
    readonly whose: Acting;
    /** What somebody wanted before they were asked for their hours. */
    readonly wanted: readonly string[];
    readonly zone?: string;
    readonly typed?: HoursForm;
  },
): Promise<void> {
  const hours = await findHours(ctx.db, whose);
  const own = zone ?? (await findMember(ctx.db, whose.guildId, whose.userId))?.zone;
  if (own === undefined) throw new UserError((t) => t.hours.refused.needsZone);
  await openForm(interaction, hoursForm(ctx.t, whose.guildId, own, typed ?? formOf(ctx.t, hours), wanted));
}

/** Whose hours a button is about: those of whoever presses, in the guild that it names; it also comes from direct messages. */
function ownIn(interaction: { readonly user: { readonly id: string } }, guildId = ''): Acting {
  return { guildId, userId: interaction.user.id };
}

/** When one can usually meet. */
export default {
  name: 'hours',
  for: 'everyone',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('hours')
      .setDescription(t.hours.command.description)
      .addSubcommand((command) =>
        command
          .setName('edit')
          .setDescription(t.hours.command.edit)
          .addStringOption((option) =>
            option
              .setName('timezone')
              .setDescription(t.hours.command.timezone)
              .setMaxLength(limits.choiceValue)
              .setAutocomplete(true),
          ),
      )
      .addSubcommand((command) => command.setName('show').setDescription(t.hours.command.show)),

  subcommands: {
    edit,
    show: async (ctx, interaction) => {
      const whose = memberOf(interaction);
      await requireGuild(ctx.db, whose.guildId);
      await answer(interaction, hoursCard(ctx.t, whose.guildId, await findHours(ctx.db, whose), ctx.now()));
    },
  },

  async autocomplete(ctx, interaction) {
    await suggest(interaction, searchZones(interaction.options.getFocused(), epochMs(ctx.now())));
  },

  buttons: {
    [keys.hours.edit]: async (ctx, interaction, [guildId, ...wanted]) =>
      await begin(ctx, interaction, ownIn(interaction, guildId), undefined, wanted),
    /** Whoever wanted something else first, which needs hours: by the same way as the command, and back. */
    [keys.hours.begin]: async (ctx, interaction, wanted) =>
      await begin(ctx, interaction, memberOf(interaction), undefined, wanted),
    /** Opens a form that was refused as it was filled in; what was typed stands in the message. */
    [keys.hours.again]: async (ctx, interaction, [guildId, boxes = '', ...wanted]) => {
      const typed = { ...decodeBoxes(boxes), exactly: typedIn(interaction.message.content) };
      await open(ctx, interaction, { whose: ownIn(interaction, guildId), wanted, typed });
    },
    /** Agrees to the code of conduct and opens the form. */
    [keys.hours.agree]: async (ctx, interaction, [zone = '', version, ...wanted]) => {
      const whose = memberOf(interaction);
      if (!isZone(zone)) throw new UserError((t) => t.common.outdated);
      await requireGuild(ctx.db, whose.guildId);
      if (Number(version) !== codeOfConduct.version) throw new UserError((t) => t.profiles.refused.conductChanged);
      // Together: the form has to be the first answer.
      await Promise.all([
        agreeToConduct(ctx, whose, zone, codeOfConduct.version),
        open(ctx, interaction, { whose, wanted, zone }),
      ]);
    },
  },

  menus: {
    /** Goes on with the time zone that was chosen. */
    [keys.hours.zone]: async (ctx, interaction, wanted) => {
      const zone = requireZone(interaction.values[0] ?? '', ctx.now());
      await change(interaction, consentCard(ctx.t, zone, wanted));
    },
  },

  modals: {
    /** Goes on with the time zone that was typed, or asks which is meant. */
    [keys.hours.zoneForm]: async (ctx, interaction, wanted) => {
      const zone = zoneMeant(ctx.t, [keys.hours.zone, ...wanted], textIn(interaction, zoneField), ctx.now());
      await answer(interaction, typeof zone === 'string' ? consentCard(ctx.t, zone, wanted) : zone);
    },
    [keys.hours.form]: async (ctx, interaction, [guildId = '', ...wanted]) => {
      const whose = ownIn(interaction, guildId);
      const form = readHoursForm(interaction);
      try {
        const saved = await saveHours(ctx, whose, form, ctx.t.hours.days);
        const said = wanted.length > 0 ? ctx.t.hours.saved : `${ctx.t.hours.saved} ${ctx.t.hours.next}`;
        const heading = saved ? said : ctx.t.hours.removed;
        await answer(interaction, hoursCard(ctx.t, guildId, saved, ctx.now(), heading, wanted));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        await answer(interaction, refusedCard(ctx.t, guildId, form, error.say(ctx.t), wanted));
      }
    },
  },
} satisfies Command;
