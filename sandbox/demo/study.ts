/** The stations of the tour at a study group, formed from everybody's week, and at the menus of messages. */
import type { APIMessage } from 'discord-api-types/v10';
import { claimant, isPrepared, lobby, moderator, newcomer, offerer, seekers } from './prepared.ts';
import type { Stage } from './stage.ts';
import { be, hasButton, menu, openPlace, press, reads, run, type Step } from './steps.ts';

const bot = 'Preceptor';
const buttons = { yes: 'Yes, I am in', here: 'I am here', offer: 'Offer these groups' } as const;

const labelsOf = (message: APIMessage): readonly { readonly label: string; readonly id: string }[] =>
  (message.components ?? []).flatMap((row) =>
    'components' in row
      ? row.components.flatMap((one) =>
          'label' in one && 'custom_id' in one ? [{ label: one.label ?? '', id: one.custom_id }] : [],
        )
      : [],
  );

/** The group's thread, and the newest buttons in it whose ids begin so. */
function threadOf(stage: Stage) {
  const { actor } = stage.person(newcomer);
  const found = stage.guild.threads().find((each) => each.name.startsWith('OET') && each.memberIds.includes(actor.id));
  const messages: readonly APIMessage[] = found ? actor.messages(found) : [];
  return {
    name: found?.name ?? '',
    says: (words: string) => messages.some((message) => JSON.stringify(message.embeds).includes(words)),
    button: (key: string) => messages.flatMap(labelsOf).findLast(({ id }) => id.startsWith(`${key}:`))?.label,
  };
}

export function studySteps(stage: Stage): readonly Step[] {
  // Elsewhere she would wait alone.
  if (!isPrepared(stage)) return [];
  const thread = () => threadOf(stage);
  const isOffered = (name: string) =>
    stage
      .person(name)
      .actor.dms()
      .some((message) => labelsOf(message).some(({ label }) => label === buttons.yes));
  const people = [newcomer, ...seekers];
  const isHere = (name: string) => reads(stage, name, 'Say with *My line*');
  return [
    {
      title: 'Company for the OET',
      needs: 'study',
      text: `What keeps groups from meeting is time. ${newcomer} says when she can usually meet, and waits for a group; ${seekers.join(' and ')}, in other time zones, do already. Evenings suit best.`,
      targets: () => {
        const next = ['Go on', 'Enter my hours'].find((label) => hasButton(stage, newcomer, label));
        return [be(newcomer), next === undefined ? run('/study match') : press(next, '/study match')];
      },
      isDone: () => reads(stage, newcomer, 'You wait for a group') || people.some(isOffered),
    },
    {
      title: 'A group from three weeks',
      needs: 'study',
      text: `${moderator} sees how many could be placed at all, and how many are. Everybody in a group shares an hour in every one of the next eight weeks, clock changes and all.`,
      targets: () => [
        be(moderator),
        hasButton(stage, moderator, buttons.offer)
          ? press(buttons.offer, '/study form preview')
          : run('/study form preview'),
      ],
      isDone: () => people.some(isOffered) || thread().name !== '',
    },
    {
      title: 'Three say yes',
      needs: 'study',
      text: 'Each is offered the group with the times that suit, and may say no. With the third yes it has a thread of its own.',
      targets: () => {
        const next = people.find(isOffered) ?? newcomer;
        return [be(next), openPlace(bot), press(buttons.yes, '/home')];
      },
      isDone: () => thread().name !== '',
    },
    {
      title: 'A time for all of them',
      needs: 'study',
      text: `${newcomer} presses what suits her, and so may the others. After two days whoever has not pressed leaves it to the rest: let the time pass.`,
      targets: () => {
        const time = thread().button('study-vote');
        const hasPressed = reads(stage, newcomer, 'Press again to take it back');
        if (time === undefined || hasPressed) return [{ kind: 'clock' }];
        return [be(newcomer), openPlace(thread().name), press(time, '/study time')];
      },
      isDone: () => thread().says('You meet '),
    },
    {
      title: 'The hour comes',
      needs: 'study',
      text: 'The day before, the thread asks who comes; ten minutes before, it reminds them. The hour stands still in one zone, whatever clocks do elsewhere.',
      targets: () => [{ kind: 'clock' }],
      isDone: () => thread().says('We begin '),
    },
    {
      title: 'They meet',
      needs: 'study',
      text: `${newcomer} and ${seekers[0]} press that they are there. Two make a session; presence is trusted, never measured.`,
      targets: () => {
        const next = [newcomer, seekers[0]].find((name) => !isHere(name)) ?? newcomer;
        // Whoever let the hour go by comes to the next one.
        if (thread().button('study-here') === undefined) return [{ kind: 'clock' }];
        return [be(next), openPlace(thread().name), press(buttons.here, '/study show')];
      },
      isDone: () => isHere(newcomer) && isHere(seekers[0]),
    },
    {
      title: 'How it went',
      needs: 'study',
      text: 'An hour later it is over. Each may say how it went with what they meant to do, and only they read it.',
      targets: () => {
        const label = thread().button('study-done');
        if (label === undefined) return [{ kind: 'clock' }];
        return [be(newcomer), openPlace(thread().name), press('Done', '/study show')];
      },
      isDone: () => reads(stage, newcomer, 'Noted, for you alone'),
    },
    {
      title: 'Is this true?',
      needs: 'guide',
      text: 'Every message has a menu, “…”. On what somebody claims it shows what official pages say, to whoever asks and to nobody else; one press more asks the moderators, without a name.',
      targets: () => [be(newcomer), openPlace(lobby), menu(claimant, 'Is this true?')],
      isDone: () => reads(stage, newcomer, 'What official pages say'),
    },
    {
      title: 'Not here',
      needs: 'reports',
      text: 'Questions from a real exam end careers. From the same menu they are reported in confidence, and not a word has to be written; a server may have the message taken away at once.',
      targets: () => [be(newcomer), openPlace(lobby), menu(offerer, 'Report exam content')],
      // The first was about a member.
      isDone: () =>
        stage
          .person(newcomer)
          .actor.ephemerals()
          .filter((message) => JSON.stringify(message).includes('Its number is')).length > 1,
    },
  ];
}
