/** The station of the tour at Amara's own road: what is next, by when, who says so, and a reminder. */
import { newcomer } from './prepared.ts';
import type { Stage } from './stage.ts';
import { be, hasButton, press, reads, run, type Step } from './steps.ts';

export function roadSteps(stage: Stage): readonly Step[] {
  return [
    {
      title: `${newcomer}’s road`,
      needs: 'roadmap',
      text: 'What is next for her, and for nobody else: three steps at a time, and the whole road as a picture that one could pin on a wall. She says where she stands, never a score.',
      targets: () => {
        if (hasButton(stage, newcomer, 'Picture')) return [be(newcomer), press('Picture', '/roadmap show')];
        if (hasButton(stage, newcomer, 'My next steps')) return [be(newcomer), press('My next steps', '/roadmap show')];
        if (hasButton(stage, newcomer, 'Begin my road')) return [be(newcomer), press('Begin my road', '/roadmap show')];
        return [be(newcomer), run('/roadmap show')];
      },
      isDone: () => reads(stage, newcomer, 'my-road.png'),
    },
    {
      title: 'Dates, with who says so',
      needs: 'deadlines',
      text: 'Each date leads to the page that it stands on. What nobody here has read on that page yet is only expected, and reminds nobody.',
      targets: () => [be(newcomer), run('/deadlines show')],
      isDone: () => reads(stage, newcomer, 'Dates of the 20') || reads(stage, newcomer, 'Dates that concern you'),
    },
    {
      title: 'A date that she wants to hear of',
      needs: 'deadlines',
      text: 'She picks one, whatever her stage. Once a moderator has read it on the page she is reminded in the morning, where she lives; if it moves, she is told at once.',
      targets: () => [be(newcomer), run('/deadlines pick')],
      isDone: () => reads(stage, newcomer, 'Picked: **'),
    },
    {
      title: 'A question for the guide',
      needs: 'guide',
      text: 'In her own words, misspelled as they come. Two sentences, the official page, and the day on which somebody looked.',
      targets: () => [be(newcomer), run('/guide ask')],
      isDone: () => reads(stage, newcomer, 'From the guide'),
    },
  ];
}
