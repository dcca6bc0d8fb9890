/** The stations of the tour at office hours: one mentor answers whoever comes, and what they ask beforehand. */
import type { APIMessage } from 'discord-api-types/v10';
import { newcomer, waitingMentor } from './prepared.ts';
import type { Stage } from './stage.ts';
import { be, hasButton, openPlace, press, reads, run, type Step } from './steps.ts';

/** Where `/setup start` lets office hours be announced. */
const channel = 'mentoring';

export function officeSteps(stage: Stage): readonly Step[] {
  const isOffered = () => {
    const found = stage.guild.channels.find(({ name }) => name === channel);
    const seen: readonly APIMessage[] = found ? stage.person(newcomer).actor.messages(found) : [];
    return seen.some(({ components }) => JSON.stringify(components ?? []).includes('officehours-join:'));
  };
  return [
    {
      title: 'An hour for whoever comes',
      needs: 'officehours',
      text: `${waitingMentor} can mentor three people; many more have a question. She offers office hours in the voice channel, on what she is asked most: as “When it begins”, “in 2 days” is enough.`,
      targets: () => [be(waitingMentor), run('/officehours offer')],
      isDone: isOffered,
    },
    {
      title: 'A place, and a question',
      needs: 'officehours',
      text: `${newcomer} takes a place below the post, and sends what she would rather not ask aloud. Her name goes along only if she says so.`,
      targets: () => [
        be(newcomer),
        ...(hasButton(stage, newcomer, 'Send a question')
          ? [press('Send a question', '/officehours show')]
          : [openPlace(channel), press('Take a place', '/officehours show')]),
      ],
      isDone: () => reads(stage, newcomer, 'The mentor reads your question beforehand'),
    },
    {
      title: 'Read beforehand',
      needs: 'officehours',
      text: `${waitingMentor} sees how many come and what they ask, and not whose question it is. A day and an hour before, everybody with a place is reminded.`,
      targets: () => [be(waitingMentor), press('Read the questions', '/officehours show')],
      isDone: () => reads(stage, waitingMentor, 'Questions for: '),
    },
  ];
}
