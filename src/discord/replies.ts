import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type ApplicationCommandOptionChoiceData,
  type AutocompleteInteraction,
  type BaseInteraction,
  type CommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type RepliableInteraction,
} from 'discord.js';
import { acknowledge, type FirstAnswer } from './acknowledge.ts';
import { noteForm } from './form-again.ts';
import { limits } from './limits.ts';
import { leadOn } from './next-steps.ts';
import { guildToName, placeRows } from './place.ts';
import { placeId } from './custom-ids.ts';
import { isUnknown, patientWaitsMs, retry } from './retry.ts';
import { oneAtATime } from './turns.ts';
import { UserError } from '../errors.ts';

/** A message as plain data, ready for Discord: cards are functions that return one. */
export interface Card {
  readonly content?: string;
  readonly embeds?: APIEmbed[];
  readonly components?: APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly files?: {
    readonly name: string;
    readonly attachment: Buffer;
    /** What a picture shows, for those who do not see it. */
    readonly description?: string;
  }[];
  /** Whom the message may ping; nobody when absent (the client's default). Everyone only by way of the outbox. */
  readonly allowedMentions?: { readonly users?: string[]; readonly roles?: string[]; readonly everyone?: boolean };
}

/** What was done stands, but nobody knows whether the person who acted was told: saying that it failed would be untrue. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

/** Says one thing after the other. @throws AnswerLost when it stays unknown whether it arrived. */
async function say(interaction: BaseInteraction, work: () => Promise<unknown>): Promise<void> {
  try {
    await oneAtATime(interaction.id, work);
  } catch (error) {
    throw isUnknown(error) ? new AnswerLost('it is unknown whether an answer arrived', { cause: error }) : error;
  }
}

/** A word that goes before the answer to somebody's command. */
export interface Foreword {
  readonly text: string;
  /** Notes that they hear it: nobody is told the same by the next command. */
  said(): Promise<void>;
  /** Takes that back: the answer did not arrive, or may not have. */
  unsaid(): Promise<void>;
}

const forewords = new WeakMap<BaseInteraction, () => Promise<Foreword | undefined>>();

/**
 * Puts something in front of the answer to come. Without room for it there, it is not said.
 * @param find called once the answer is known, so that what the command has just mended is not told of.
 */
export function precede(interaction: BaseInteraction, find: () => Promise<Foreword | undefined>): void {
  forewords.set(interaction, find);
}

async function takeForeword(interaction: BaseInteraction, { content = '' }: Card): Promise<Foreword | undefined> {
  const find = forewords.get(interaction);
  forewords.delete(interaction);
  const foreword = await find?.();
  return foreword && foreword.text.length + content.length + 2 <= limits.content ? foreword : undefined;
}

/**
 * Answers the person who acted, and only them, whichever state the interaction is in: not answered yet, deferred as a
 * reply, deferred as an update of the message acted on (then the answer is a message of its own), or answered already.
 */
export async function answer(interaction: RepliableInteraction, whole: Card): Promise<void> {
  const foreword = await takeForeword(interaction, whole);
  const said = foreword ? { ...whole, content: [foreword.text, whole.content ?? ''].join('\n\n').trim() } : whole;
  const card = placed(interaction, leadOn(interaction, said));
  await foreword?.said();
  try {
    await answerWith(interaction, card);
  } catch (error) {
    await foreword?.unsaid();
    throw error;
  }
}

async function answerWith(interaction: RepliableInteraction, card: Card): Promise<void> {
  const ephemeral = { ...card, flags: MessageFlags.Ephemeral } as const;
  await say(interaction, async () => {
    const isFirst = await acknowledgeFirst(interaction, {
      send: () => interaction.reply(ephemeral),
      note: () => Object.assign(interaction, { replied: true, ephemeral: true }),
      leavesMessage: true,
    });
    if (isFirst) return;
    // discord.js sets `ephemeral` when a reply is deferred, and leaves it null when an update is.
    const fills = interaction.deferred && !interaction.replied && interaction.ephemeral !== null;
    // A further message cannot be looked for: should its outcome stay unknown, twice is better than not at all.
    await retry(() => (fills ? interaction.editReply(card) : interaction.followUp(ephemeral)), patientWaitsMs);
  });
}

/**
 * Changes the message whose button or menu was used, or from which the form was opened. What the new card does not
 * mention is taken away.
 */
export async function change(
  interaction: MessageComponentInteraction | ModalMessageModalSubmitInteraction,
  card: Card,
): Promise<void> {
  await say(interaction, async () => {
    const isFirst = await acknowledgeFirst(interaction, {
      send: () => interaction.update(whole(interaction, card)),
      note: () => (interaction.replied = true),
      leavesMessage: true,
    });
    if (!isFirst) await retry(() => interaction.editReply(whole(interaction, card)), patientWaitsMs);
  });
}

/** Changes what was answered already, for what takes long: how far it is, and what it came to. Defer before. */
export async function revise(interaction: RepliableInteraction, card: Card): Promise<void> {
  await say(interaction, () => retry(() => interaction.editReply(whole(interaction, card)), patientWaitsMs));
}

/** A card that takes away what it does not mention. */
function whole(interaction: BaseInteraction, card: Card) {
  const led = isPrivate(interaction) ? leadOn(interaction, card) : card;
  return { content: '', embeds: [], components: [], attachments: [], ...placed(interaction, led) };
}

/** Whether nobody else reads the message acted on: there a button for whoever acts is in nobody's way. */
function isPrivate(interaction: BaseInteraction): boolean {
  if (interaction.guildId === null) return true;
  const isAnswerOfOurs =
    interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
  return !isAnswerOfOurs || interaction.message.flags.has(MessageFlags.Ephemeral);
}

/** A card whose components go on telling, in direct messages, which guild they are about. */
function placed(interaction: BaseInteraction, card: Card): Card {
  const guildId = guildToName(interaction);
  if (guildId === undefined || !card.components) return card;
  return { ...card, components: placeRows(card.components, guildId) };
}

/**
 * Opens a form. Discord takes one as the very first answer only, so nothing slow may come before.
 * @throws UserError when the clock that defers was faster: the person is asked to try again.
 */
export async function openForm(
  interaction: CommandInteraction | MessageComponentInteraction,
  form: APIModalInteractionResponseCallbackData,
): Promise<void> {
  const guildId = guildToName(interaction);
  const whole = guildId === undefined ? form : { ...form, custom_id: placeId(form.custom_id, guildId) };
  // Before it is there: its answer may be quicker than Discord's word that it is.
  noteForm(interaction, whole.custom_id, form);
  await say(interaction, async () => {
    const isFirst = await acknowledgeFirst(interaction, {
      send: () => interaction.showModal(whole),
      note: () => (interaction.replied = true),
      leavesMessage: false,
    });
    if (!isFirst) throw new UserError((t) => t.common.formTooLate);
  });
}

/** Acknowledges in time for work that takes long; what follows goes through `answer` or `change` as usual. */
export async function defer(interaction: RepliableInteraction): Promise<void> {
  await oneAtATime(interaction.id, () =>
    acknowledgeFirst(
      interaction,
      interaction.isMessageComponent()
        ? {
            send: () => interaction.deferUpdate(),
            note: () => (interaction.deferred = true),
            leavesMessage: true,
          }
        : {
            send: () => interaction.deferReply({ flags: MessageFlags.Ephemeral }),
            note: () => Object.assign(interaction, { deferred: true, ephemeral: true }),
            leavesMessage: true,
          },
    ),
  );
}

/** A suggestion shown while somebody types. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** Shows choices to somebody who is typing an option. */
export async function suggest(
  interaction: AutocompleteInteraction,
  choices: readonly ApplicationCommandOptionChoiceData[],
): Promise<void> {
  await oneAtATime(interaction.id, async () => {
    if (interaction.responded) return;
    await acknowledge(interaction, {
      send: () => interaction.respond(choices),
      note: () => (interaction.responded = true),
      leavesMessage: false,
    });
  });
}

/** @returns false where there is a first answer already: then this one is to be said in another way. */
async function acknowledgeFirst(
  interaction: BaseInteraction & Pick<RepliableInteraction, 'token' | 'deferred' | 'replied'>,
  first: FirstAnswer,
): Promise<boolean> {
  return !interaction.deferred && !interaction.replied && (await acknowledge(interaction, first));
}
