/** Hands over the privacy documents, and deletes data where no command is left to do it. */
import { readFileSync } from 'node:fs';
import { ButtonStyle, type MessageComponentInteraction } from 'discord.js';
import { once } from '../../once.ts';
import { button, row } from '../../discord/buttons.ts';
import type { ActContext } from '../../discord/command.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import type { Acting } from '../../guild/acting.ts';
import { exportMember, hasDeletable } from '../../lifecycle/personal-data.ts';

const documents = once(() =>
  ['PRIVACY.md', 'TERMS.md'].map((name) => ({
    name,
    attachment: readFileSync(new URL(`../../../${name}`, import.meta.url)),
  })),
);

/** The policy and the terms as they come with the program, and whom to ask. */
export function privacyCard(ctx: ActContext): Card {
  const text = ctx.t.profiles.privacy;
  const contact = ctx.config.operatorContact;
  return {
    content: [text.intro, contact === undefined ? text.askModerators : text.contact(contact)].join('\n'),
    files: [...documents()],
  };
}

/**
 * Who presses a button in a direct message, and about which guild: its id comes from the client, but whatever it is,
 * what is shown and deleted is the presser's own.
 */
export function ownIn(interaction: MessageComponentInteraction, guildId = ''): Acting {
  return { guildId, userId: interaction.user.id };
}

/** Everything that is held on somebody in a guild that they may no longer reach, and the button that deletes it. */
export async function ownDataCard(ctx: ActContext, whose: Acting): Promise<Card> {
  const text = ctx.t.profiles;
  const held = await exportMember(ctx, whose);
  if (!held || !(await hasDeletable(ctx, whose))) return { content: text.deletion.nothing };
  const name = `preceptor-${ctx.now().slice(0, 10)}.json`;
  const attachment = Buffer.from(`${JSON.stringify({ about: text.exportedAbout, ...held }, null, 2)}\n`);
  return {
    content: text.exported,
    embeds: [{ title: text.deletion.title, description: text.deletion.explain }],
    components: [row(button([keys.profile.deleteAway, whose.guildId], text.deletion.confirm, ButtonStyle.Danger))],
    files: [{ name, attachment }],
  };
}
