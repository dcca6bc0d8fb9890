import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Guild as DiscordGuild,
  type ModalSubmitInteraction,
  SlashCommandBuilder,
} from 'discord.js';
import { listLiveRequestsOf } from '../../db/requests.ts';
import { deletedUser } from '../../db/schema.ts';
import type { Command } from '../../discord/command.ts';
import {
  acceptedCard,
  askedCard,
  declinedCard,
  leftWaitlistCard,
  restingCard,
  stopDays,
  stoppedCard,
  waitingCard,
  whichCard,
  withdrawnCard,
} from './answers.ts';
import { aware, declineForm, requestForm } from './forms.ts';
import { season, seasonData, selectingCard } from './season.ts';
import { type NameOf, namedIn, overviewCard } from './overview.ts';
import { notePresence, requireBothPresent, requirePresent } from './presence.ts';
import { waitCard } from './waiting.ts';
import { findCard } from './suggestions.ts';
import { answer, change, defer, openForm } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { findMentors } from '../../mentoring/find.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { pauseMember } from '../../mentoring/profiles/pause.ts';
import { acceptSoon, declineSoon, takeAnswerBack } from '../../mentoring/requests/hold.ts';
import { requireAnswerable, requireReceived } from '../../mentoring/requests/answer.ts';
import { requestMentor, requireAskable, requireGivenBack } from '../../mentoring/requests/ask.ts';
import { findOverview } from '../../mentoring/requests/overview.ts';
import { declineChoices, messageLimit } from '../../mentoring/requests/rules.ts';
import { withdrawRequest } from '../../mentoring/requests/withdraw.ts';
import { limitRequests } from '../../mentoring/requests/week.ts';
import { requestsAWeek } from '../../guild/settings.ts';
import { notNowDays, sayNotNow } from '../../mentoring/next-mentor.ts';
import { findOpenOffer, passOffer, requireOffer } from '../../mentoring/openings.ts';
import { findSelecting } from '../../mentoring/season.ts';
import { readWaiting } from '../../mentoring/supply.ts';
import { joinWaitlist, leaveWaitlist } from '../../mentoring/waitlist.ts';
import { textIn, valuesIn } from '../../discord/forms.ts';
import type { Id } from '../../discord/buttons.ts';
import { noteTyped } from '../../discord/form-again.ts';
import { keys } from '../../discord/keys.ts';
import { namesKnownTo, placeOf } from '../../discord/place.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { wholeNumber } from '../../discord/options.ts';

type Acting = ChatInputCommandInteraction<'cached'> | ButtonInteraction | ModalSubmitInteraction;

/** The guild in which somebody acts, or which their direct message is about. */
function requirePlace(interaction: Acting) {
  const { guild } = placeOf(interaction);
  return { guildId: guild.id, userId: interaction.user.id, guild };
}

/** A member's name where it is known without asking Discord. */
function namesIn(interaction: Acting): NameOf {
  return namesKnownTo(placeOf(interaction).guild);
}

/** The same from a direct message as well, which is in no guild. */
function nameIn({ client }: Acting, guildId: string, userId: string): string | undefined {
  const guild = client.guilds.cache.get(guildId);
  return guild && namesKnownTo(guild)(userId);
}

/** The names of some members; those that are not known here are asked of Discord, while the answer waits. */
async function learnNames(ctx: ActContext, interaction: Acting, userIds: readonly string[]): Promise<NameOf> {
  const known = namesIn(interaction);
  const unknown = [...new Set(userIds)].filter((id) => known(id) === undefined && id !== deletedUser);
  if (unknown.length === 0) return known;
  await defer(interaction);
  const learned = new Map<string, string>();
  for (const id of unknown) {
    try {
      learned.set(id, (await placeOf(interaction).guild.members.fetch(id)).displayName);
    } catch (error) {
      // Whoever is gone has a number instead of a name.
      ctx.log.debug({ err: error }, 'a name could not be learned');
    }
  }
  return (userId) => learned.get(userId) ?? known(userId);
}

/** The id of a user out of a custom id, which anybody can have made up. @throws UserError when it is none. */
function requireUserId(id: string | undefined): string {
  if (id === undefined || !/^\d{17,20}$/.test(id)) throw new UserError((t) => t.common.outdated);
  return id;
}

async function find(ctx: ActContext, interaction: Acting): Promise<void> {
  const { guildId, userId } = requirePlace(interaction);
  await answer(interaction, findCard(ctx.t, await findMentors(ctx, guildId, userId), ctx.now(), namesIn(interaction)));
}

async function showRequests(ctx: ActContext, interaction: Acting): Promise<void> {
  const { guildId, userId } = requirePlace(interaction);
  const overview = await findOverview(ctx, guildId, userId);
  const nameOf = await learnNames(ctx, interaction, namedIn(overview));
  await answer(interaction, overviewCard(ctx.t, overview, nameOf));
}

async function showWait(ctx: ActContext, interaction: Acting): Promise<void> {
  const { guildId, userId } = requirePlace(interaction);
  await defer(interaction);
  const waiting = await readWaiting(ctx, guildId, userId);
  const offer = await findOpenOffer(ctx, guildId, userId);
  if (!offer) return await answer(interaction, waitCard(ctx.t, waiting));
  const { mentor_id: mentorId } = offer;
  const name = (await learnNames(ctx, interaction, [mentorId]))(mentorId) ?? ctx.t.supply.themNameless;
  await answer(interaction, waitCard(ctx.t, waiting, { offer, name }));
}

async function request(
  ctx: ActContext,
  interaction: Acting,
  what: { readonly mentorId: string; readonly message: string; readonly isAware: boolean },
): Promise<void> {
  const { guild } = requirePlace(interaction);
  await ask(ctx, interaction, guild, { ...what, goesOn: [keys.mentor.notThere, 'mentor', what.mentorId] });
}

/** Asks a mentor in a guild, also from a direct message. */
async function ask(
  ctx: ActContext,
  interaction: Acting,
  guild: DiscordGuild,
  {
    mentorId,
    message,
    isAware,
    goesOn,
  }: { readonly mentorId: string; readonly message: string; readonly isAware: boolean; readonly goesOn: Id },
): Promise<void> {
  const { id: guildId } = guild;
  const menteeId = interaction.user.id;
  // What needs no question to Discord is said at once.
  await requireAskable(ctx, ctx.db, await requireGuild(ctx.db, guildId), { menteeId, mentorId });
  const selecting = isAware ? undefined : await findSelecting(ctx.db, guildId, mentorId, ctx.now());
  if (selecting)
    return await answer(interaction, selectingCard(ctx.t, mentorId, selecting, { goesOn, typed: message }));
  await defer(interaction);
  await requirePresent(ctx, guild, mentorId);
  const asked = await requestMentor(ctx, { guildId, menteeId, mentorId, message, isAware });
  await answer(interaction, askedCard(ctx.t, asked));
}

async function withdraw(ctx: ActContext, interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
  const { guildId, user } = interaction;
  await requireGuild(ctx.db, guildId);
  const live = await listLiveRequestsOf(ctx.db, guildId, user.id);
  const mentor = interaction.options.getUser('member');
  if (!mentor) return await answer(interaction, whichCard(ctx.t, live, namesIn(interaction)));
  const meant = live.find((one) => one.mentor_id === mentor.id);
  if (!meant)
    throw new UserError((t) => (live.length === 0 ? t.mentor.withdraw.none : t.mentor.withdraw.notAsked(mentor.id)));
  const withdrawn = await withdrawRequest(ctx, user.id, meant.id);
  await answer(interaction, withdrawnCard(ctx.t, withdrawn, await listLiveRequestsOf(ctx.db, guildId, user.id)));
}

export default {
  name: 'mentor',
  for: 'everyone',
  data: (t: Texts) =>
    new SlashCommandBuilder()
      .setName('mentor')
      .setDescription(t.mentor.command.description)
      .addSubcommand((command) => command.setName('find').setDescription(t.mentor.command.find))
      .addSubcommand((command) =>
        command
          .setName('request')
          .setDescription(t.mentor.command.request)
          .addUserOption((option) =>
            option.setName('member').setDescription(t.mentor.command.requestMember).setRequired(true),
          )
          .addStringOption((option) =>
            option.setName('message').setDescription(t.mentor.command.requestMessage).setMaxLength(messageLimit),
          ),
      )
      .addSubcommand((command) => command.setName('requests').setDescription(t.mentor.command.requests))
      .addSubcommand((command) =>
        command
          .setName('withdraw')
          .setDescription(t.mentor.command.withdraw)
          .addUserOption((option) => option.setName('member').setDescription(t.mentor.command.withdrawMember)),
      )
      .addSubcommand((command) => command.setName('waiting').setDescription(t.supply.command))
      .addSubcommand(seasonData(t))
      .addSubcommand((command) =>
        command
          .setName('limit')
          .setDescription(t.weeks.command.limit)
          .addIntegerOption(wholeNumber('most', t.weeks.command.most, requestsAWeek)),
      ),

  subcommands: {
    find,
    request: async (ctx, interaction) => {
      const member = interaction.options.getUser('member', true);
      if (member.bot) throw new UserError((t) => t.mentor.ask.bot);
      const message = interaction.options.getString('message') ?? '';
      if (message !== '') {
        const form = requestForm(ctx.t, { mentorId: member.id }, namesIn(interaction)(member.id), { typed: message });
        noteTyped(interaction, { form, words: [message] });
      }
      await request(ctx, interaction, { mentorId: member.id, message, isAware: false });
    },
    requests: showRequests,
    withdraw,
    waiting: showWait,
    season,
    limit: async (ctx, interaction) => {
      const { guildId, userId } = requirePlace(interaction);
      const aWeek = await limitRequests(ctx, { guildId, userId }, interaction.options.getInteger('most'));
      await answer(interaction, { content: ctx.t.weeks.limited(aWeek) });
    },
  },

  buttons: {
    /** Shows who suits, like the command. */
    [keys.mentor.find]: find,
    /** Below the question whether they would mentor. */
    [keys.mentor.notNow]: async (ctx, interaction) => {
      await sayNotNow(ctx, requirePlace(interaction));
      await answer(interaction, { content: ctx.t.peers.mentor.noted(notNowDays) });
    },
    /** Shows how requests stand, like the command. */
    [keys.mentor.requests]: showRequests,
    /** Opens the form for a message to a suggested mentor, unless they cannot be asked any more. */
    [keys.mentor.request]: async (ctx, interaction, [id]) => {
      const { guildId, userId: menteeId } = requirePlace(interaction);
      const mentorId = requireUserId(id);
      await requireAskable(ctx, ctx.db, await requireGuild(ctx.db, guildId), { menteeId, mentorId });
      const selecting = await findSelecting(ctx.db, guildId, mentorId, ctx.now());
      const goesOn: Id = [keys.mentor.notThere, 'mentor', mentorId];
      if (selecting) return await answer(interaction, selectingCard(ctx.t, mentorId, selecting, { goesOn, typed: '' }));
      await openForm(interaction, requestForm(ctx.t, { mentorId }, namesIn(interaction)(mentorId)));
    },
    /** They do not apply where the mentor helps to choose: opens the form. */
    [keys.mentor.notThere]: async (ctx, interaction, [by, id = '']) => {
      const menteeId = interaction.user.id;
      const to = by === 'offer' ? { offerId: id } : { mentorId: requireUserId(id) };
      const offer = 'offerId' in to ? await requireOffer(ctx, menteeId, id) : undefined;
      const guildId = offer?.guild_id ?? requirePlace(interaction).guildId;
      const mentorId = offer?.mentor_id ?? id;
      await requireAskable(ctx, ctx.db, await requireGuild(ctx.db, guildId), { menteeId, mentorId });
      await openForm(interaction, requestForm(ctx.t, to, nameIn(interaction, guildId, mentorId), { isAware: true }));
    },
    /** The same where a request was made before they could read it: sends it as it was written. */
    [keys.mentor.askAfterAll]: async (ctx, interaction, [id = '']) => {
      const { guild_id: guildId, mentor_id: mentorId, message } = await requireGivenBack(ctx, interaction.user.id, id);
      const guild = interaction.client.guilds.cache.get(guildId);
      if (!guild) throw new UserError((t) => t.common.outdated);
      const goesOn: Id = [keys.mentor.askAfterAll, id];
      await ask(ctx, interaction, guild, { mentorId, message, isAware: true, goesOn });
    },
    /** Shows what is free and who waits, like the command. */
    [keys.mentor.waiting]: showWait,
    [keys.mentor.waitlist]: async (ctx, interaction) => {
      const { guildId, userId } = requirePlace(interaction);
      await answer(interaction, waitingCard(ctx.t, await joinWaitlist(ctx, guildId, userId)));
    },
    [keys.mentor.waitlistLeave]: async (ctx, interaction) => {
      const { guildId, userId } = requirePlace(interaction);
      await answer(interaction, leftWaitlistCard(ctx.t, await leaveWaitlist(ctx, guildId, userId)));
    },
    [keys.mentor.accept]: async (ctx, interaction, [id = '']) => {
      const asked = await requireAnswerable(ctx, interaction.user.id, id);
      if (asked.answer !== null) return await answer(interaction, restingCard(ctx.t, asked, []));
      await defer(interaction);
      const { guild_id: guildId, mentor_id: mentorId, mentee_id: menteeId } = asked;
      await requireBothPresent(ctx, interaction.client, { guildId, mentorId, menteeId });
      await answer(interaction, acceptedCard(ctx.t, await acceptSoon(ctx, interaction.user.id, id)));
    },
    [keys.mentor.decline]: async (ctx, interaction, [id = '']) => {
      const asked = await requireAnswerable(ctx, interaction.user.id, id);
      if (asked.answer !== null) return await answer(interaction, restingCard(ctx.t, asked, []));
      const { guild_id: guildId, mentee_id: menteeId } = asked;
      await openForm(interaction, declineForm(ctx.t, id, nameIn(interaction, guildId, menteeId)));
    },
    /** Takes back an answer that nobody has heard of yet. */
    [keys.mentor.takeBack]: async (ctx, interaction, [id = '']) => {
      const { mentee_id: menteeId } = await takeAnswerBack(ctx, interaction.user.id, id);
      await answer(interaction, { content: ctx.t.mentor.answer.takenBack(menteeId) });
    },
    [keys.mentor.withdraw]: async (ctx, interaction, [id = '']) => {
      const withdrawn = await withdrawRequest(ctx, interaction.user.id, id);
      const { guild_id: guildId, mentee_id: menteeId } = withdrawn.request;
      await change(interaction, withdrawnCard(ctx.t, withdrawn, await listLiveRequestsOf(ctx.db, guildId, menteeId)));
    },
    /** Opens the form for a message to the mentor whose place somebody heard of, also in direct messages. */
    [keys.mentor.offerAsk]: async (ctx, interaction, [id = '']) => {
      const { guild_id: guildId, mentor_id: mentorId } = await requireOffer(ctx, interaction.user.id, id);
      const pair = { menteeId: interaction.user.id, mentorId };
      await requireAskable(ctx, ctx.db, await requireGuild(ctx.db, guildId), pair);
      const selecting = await findSelecting(ctx.db, guildId, mentorId, ctx.now());
      const goesOn: Id = [keys.mentor.notThere, 'offer', id];
      if (selecting) return await answer(interaction, selectingCard(ctx.t, mentorId, selecting, { goesOn, typed: '' }));
      await openForm(interaction, requestForm(ctx.t, { offerId: id }, nameIn(interaction, guildId, mentorId)));
    },
    [keys.mentor.offerPass]: async (ctx, interaction, [id = '']) => {
      await passOffer(ctx, interaction.user.id, id);
      await answer(interaction, { content: ctx.t.openings.passed });
    },
    /** Pauses a mentor who has just answered a request; it tells which guild, also in direct messages. */
    [keys.mentor.pause]: async (ctx, interaction, [id = '', chosen]) => {
      const { guild_id: guildId } = await requireReceived(ctx, interaction.user.id, id);
      const days = stopDays.find((known) => String(known) === chosen);
      const whose = { guildId, userId: interaction.user.id };
      const { until } = await pauseMember(ctx, whose, { role: 'mentor', days });
      await change(interaction, stoppedCard(ctx.t, id, until));
    },
  },

  modals: {
    [keys.mentor.requestForm]: async (ctx, interaction, [id, read]) => {
      const message = textIn(interaction, 'message');
      await request(ctx, interaction, { mentorId: requireUserId(id), message, isAware: read === aware });
    },
    [keys.mentor.offerForm]: async (ctx, interaction, [id = '', read]) => {
      const { guild_id: guildId, mentor_id: mentorId } = await requireOffer(ctx, interaction.user.id, id);
      const guild = interaction.client.guilds.cache.get(guildId);
      // The bot is not there any more, or an outage hides the guild.
      if (!guild) throw new UserError((t) => t.common.outdated);
      await ask(ctx, interaction, guild, {
        mentorId,
        message: textIn(interaction, 'message'),
        isAware: read === aware,
        goesOn: [keys.mentor.notThere, 'offer', id],
      });
    },
    [keys.mentor.declineForm]: async (ctx, interaction, [id = '']) => {
      const [chosen] = valuesIn(interaction, 'reason');
      const choice = declineChoices.find((known) => known === chosen);
      if (!choice) throw new UserError((t) => t.common.outdated);
      const declined = await declineSoon(ctx, interaction.user.id, id, {
        choice,
        note: textIn(interaction, 'note'),
      });
      await defer(interaction);
      await notePresence(ctx, interaction.client, declined.request.guild_id, interaction.user.id);
      await answer(interaction, declinedCard(ctx.t, declined, choice));
    },
  },
} satisfies Command;
