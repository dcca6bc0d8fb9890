/** Office hours: a mentor answers whoever comes. */
import { stamp } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { counted, words } from './words.ts';

const { number } = words;

const minutesOf = (minutes: number) => counted(minutes, 'minute', 'minutes');

export const officeHours = {
  command: {
    description: 'Ask a mentor your questions, together with others, in a voice channel',
    offer: 'For verified mentors: offer a time at which anybody may come and ask',
    show: 'What is coming: take a place, give it back, say what you would like to ask',
    which: 'Which one; all that are coming when you leave this out',
    list: 'Everything that is coming, with a way to call it off',
  },
  /** @param topic empty where its mentor deleted their data. */
  title: (topic: string) => (topic === '' ? 'Office hours' : `Office hours: ${topic}`),
  mentor: (mentor: string) => `${mentor} answers your questions.`,
  where: (channelId: string) => `In <#${channelId}>`,
  whereLater: 'In a voice channel that is still to be chosen',
  when: (where: string, at: Instant, minutes: number) =>
    `${where}, ${stamp(at, 'F')} (${stamp(at, 'R')}), for ${minutesOf(minutes)}.`,
  places: (taken: number, of: number) => `${number(taken)} of ${counted(of, 'place', 'places')} taken.`,
  full: (of: number, waiting: number) =>
    `All ${counted(of, 'place is', 'places are')} taken${waiting > 0 ? `; ${counted(waiting, 'person waits', 'people wait')}` : ''}. When somebody gives a place back, whoever has waited longest gets it.`,
  rule: 'No exam content, and nothing by which a patient could be known.',
  over: (here: number) =>
    here === 0
      ? 'It is over. Thank you for coming.'
      : `It is over: ${counted(here, 'person', 'people')} came. Thank you.`,
  off: 'It was called off. `/officehours show` has what is coming.',
  own: {
    in: 'You have a place.',
    waiting: (turn: number) =>
      turn === 1
        ? 'You wait for a place, and are next. I write to you when you have one.'
        : `You wait for a place, as number ${number(turn)}. I write to you when you have one.`,
    asked: (words: string, named: boolean) =>
      `You would like to ask (${named ? 'with your name' : 'without your name'}):\n> ${words}`,
    here: 'You were there.',
    mentor: 'These are yours. You see how many come, not who.',
  },
  questionsIn: (count: number) =>
    count === 0
      ? 'Nobody has sent a question yet.'
      : `${counted(count, 'question was', 'questions were')} sent beforehand.`,
  buttons: {
    open: 'Office hours',
    offer: 'Offer office hours',
    join: 'Take a place',
    wait: 'Wait for a place',
    look: 'My place and question',
    leave: 'Give my place back',
    ask: 'Send a question',
    change: 'Change my question',
    takeBack: 'Take my question back',
    here: 'I was there',
    questions: 'Read the questions',
    move: 'Move',
    callOff: 'Call off',
    callOffNow: 'Yes, call it off',
    keep: 'Keep it',
    calendar: 'Calendar file',
    all: 'All that are coming',
  },
  list: {
    title: 'Office hours that are coming',
    none: 'No office hours are coming yet. When a mentor offers some, you find them here. Until then, `/mentor find` shows who could be a mentor of your own, and `/guide ask` answers questions about the road.',
    noneMentor:
      'No office hours are coming. You can offer some: people take a place and send you questions beforehand.',
    line: (place: number, at: Instant, topic: string, mentor: string, places: string) =>
      `**${number(place)}.** ${stamp(at, 'F')}: ${topic} · ${mentor} · ${places}`,
    places: (taken: number, of: number) => `${number(taken)} of ${number(of)} places taken`,
    in: 'you have a place',
    waiting: 'you wait for a place',
    yours: 'yours',
    pick: 'Choose one',
    entry: (moment: string, topic: string) => `${moment} · ${topic}`,
  },
  form: {
    title: 'Offer office hours',
    moveTitle: 'Move office hours',
    start: 'When it begins',
    startHint: (city: string) => `In your time (${city}): Thu 18:00, 3 Dec 18:00, 2026-12-03 18:00`,
    topic: 'What people can ask you about',
    topicHint: 'Everybody in the server sees it, with your name. Nobody else is named.',
    minutes: 'How long',
    minutesEntry: minutesOf,
    places: 'How many can come',
    placesEntry: (places: number) => counted(places, 'place', 'places'),
    channel: 'Where',
    channelHint: 'A voice channel that members see',
    ask: 'Send a question',
    question: 'What would you like to ask?',
    questionHint: 'The mentor reads it beforehand. No exam content, no patient.',
    named: 'May the mentor see that it is yours?',
    namedHint: 'If not, nobody does, unless the mentor reports it: then those who handle reports.',
    no: 'No, without my name',
    yes: 'Yes, with my name',
  },
  /** In the server's list of events, for everybody. @param mentor their name, as they gave it. */
  event: (mentor: string) =>
    `${mentor} answers your questions. Take a place with \`/officehours show\`, and send your question beforehand, without your name if you like.`,
  settings: {
    command: 'Whether mentors offer office hours, and whether those stand among the server’s events',
    offered: 'False: nobody offers any; those that are coming stay',
    events: 'True: each stands among this server’s events, with its topic and its mentor',
    title: 'Office hours',
    areOffered:
      'Mentors whom you have verified can offer office hours, in a voice channel that members see. `/officehours list` shows what is coming; `offered: False` ends the offering.',
    notOffered:
      'Nobody can offer office hours; `offered: True` changes that. Those that are coming stay; `/officehours list` calls them off.',
    hasEvents:
      'Each is among this server’s events, with its topic and its mentor, and nobody else’s name. `events: False` ends that.',
    hasNoEvents:
      'They are not among this server’s events; members find them with `/officehours show`. `events: True` adds them.',
  },
  offered: (channelId: string | null) =>
    channelId === null
      ? 'Offered. Members find it with `/officehours show`. I remind you a day and an hour before.'
      : `Offered: it stands in <#${channelId}> for everybody. I remind you a day and an hour before.`,
  skipped: (at: Instant) =>
    `The clocks go forward that night, so the hour you named does not exist: it begins ${stamp(at, 'F')}.`,
  moved: 'Moved. Everybody on the list is told.',
  joined: 'The place is yours. If you cannot come after all, give it back: somebody may be waiting.',
  waits: 'All places are taken, so you wait in turn.',
  left: 'Given back. If you find the time after all, take a place again.',
  asked: 'The mentor reads your question beforehand.',
  takenBack: 'Taken back.',
  counted: 'Thank you. It counts as one more who came; nobody is shown that it was you.',
  confirmOff: (topic: string, at: Instant, people: number) =>
    `Call off “${topic}” on ${stamp(at, 'F')}? ${people === 0 ? 'Nobody has a place yet.' : `${counted(people, 'person is', 'people are')} told at once.`}`,
  calledOff: 'Called off. Everybody on the list is told.',
  questions: {
    title: (topic: string) => `Questions for: ${topic}`,
    none: 'Nobody has sent a question yet. They come in until you begin; I remind you an hour before.',
    line: (place: number, words: string, by: string | undefined) =>
      by === undefined ? `${number(place)}. ${words}` : `${number(place)}. ${words} (${by})`,
    more: (count: number) => `and ${counted(count, 'more', 'more')}`,
    report: 'Report one to the moderators',
    entry: (place: number, words: string) => `${number(place)}. ${words}`,
    hint: 'Without a name: whoever asked prefers that. Please do not guess aloud.',
  },
  letters: {
    place: (topic: string) => ({
      title: `You have a place: ${topic}`,
      body: 'Somebody gave theirs back, and it was your turn.',
    }),
    day: { title: (topic: string) => `Within a day: ${topic}` },
    hour: { title: (topic: string) => `Within an hour: ${topic}` },
    remind: 'If you cannot come, give your place back: somebody may be waiting.',
    after: {
      title: (topic: string) => `Were you there? ${topic}`,
      body: (at: Instant) =>
        `The office hours of ${stamp(at, 'F')} are over. One press counts that you came; nobody is shown who did.`,
    },
    moved: (topic: string) => ({
      title: `Moved: ${topic}`,
      body: 'The mentor changed when or where it is. You keep your place.',
    }),
    off: {
      title: (topic: string) => `Called off: ${topic}`,
      mentor: (mentor: string, at: Instant) => `${mentor} had to call off the office hours of ${stamp(at, 'F')}.`,
      other: (at: Instant) => `The office hours of ${stamp(at, 'F')} had to be called off.`,
      question: (words: string) => `So that it is not lost, this is what you wanted to ask:\n> ${words}`,
      next: 'You can see what else is coming, or ask a mentor of your own.',
    },
    offOwn: {
      staff: (at: Instant) =>
        `A moderator called off your office hours of ${stamp(at, 'F')}. Everybody on the list is told. If you do not know why, ask them.`,
      standing: (at: Instant) =>
        `Your office hours of ${stamp(at, 'F')} were called off, because you are not a verified mentor here at the moment. Everybody on the list is told kindly, and not why. If this surprises you, ask a moderator.`,
      channel: (at: Instant) =>
        `Your office hours of ${stamp(at, 'F')} were called off: their voice channel was deleted, and no other was chosen. Everybody on the list is told.`,
    },
    channel: {
      title: (topic: string) => `Where do people find you? ${topic}`,
      gone: (minutes: number) =>
        `The voice channel that you chose was deleted. Please choose another in the server, with \`/officehours show\` and *Move*, at least ${minutesOf(minutes)} before it begins; otherwise I call it off and tell everybody.`,
      closed: (channelId: string) =>
        `Members do not see <#${channelId}> any more. Please choose another in the server, with \`/officehours show\` and *Move*, or ask a moderator to open it.`,
    },
  },
  staff: {
    none: 'No office hours are coming. Verified mentors offer them; `/setup officehours` chooses whether they may.',
    line: (
      place: number,
      at: Instant,
      topic: string,
      mentor: string,
      places: string,
      waiting: number,
      questions: number,
    ) =>
      `**${number(place)}.** ${stamp(at, 'F')}: ${topic} · ${mentor} · ${places} · ${waiting === 0 ? 'nobody waits' : counted(waiting, 'waits', 'wait')} · ${questions === 0 ? 'no questions' : counted(questions, 'question', 'questions')}`,
    done: 'Called off. Everybody on the list is told, and so is the mentor.',
  },
  home: {
    heading: 'Office hours',
    in: (topic: string, at: Instant) => `${topic}: you have a place, ${stamp(at, 'F')}.`,
    waiting: (topic: string, at: Instant) => `${topic}: you wait for a place, ${stamp(at, 'F')}.`,
    yours: (topic: string, at: Instant, taken: number, of: number) =>
      `Yours: ${topic}, ${stamp(at, 'F')}, ${number(taken)} of ${counted(of, 'place', 'places')} taken.`,
    coming: (count: number) => `${counted(count, 'mentor offers', 'mentors offer')} time for questions.`,
  },
  calendar: {
    file: 'office-hours.ics',
    name: 'Office hours',
    text: (server: string, channel: string) => (channel === '' ? server : `${server}, ${channel}`),
    done: 'Open the file to put it into your calendar. If it moves, take a new file: it replaces this one.',
  },
  refused: {
    notMentor:
      'Only mentors whom the moderators accept can offer office hours. `/register mentor` is the way there; `/officehours show` has those that you can come to.',
    switchedOff: 'Moderators have switched office hours off in this server for now.',
    when: 'I do not understand when that is. Write it like `Thu 18:00`, `3 Dec 18:00` or `2026-12-03 18:00`. Nothing was changed.',
    noDay: (day: string) => `No calendar has ${day}. Nothing was changed.`,
    past: (at: Instant) => `That was ${stamp(at, 'R')}, ${stamp(at, 'F')}. Choose a time that is still to come.`,
    soon: (minutes: number) => `That is too soon for anybody to hear of it. Begin in ${minutesOf(minutes)} or later.`,
    far: (days: number, latest: Instant) =>
      `That is more than ${counted(days, 'day', 'days')} ahead. The latest day now is ${stamp(latest, 'D')}.`,
    overlaps: (at: Instant) =>
      `You already have office hours at that time, ${stamp(at, 'F')}. Choose another time, or move those.`,
    topic: (length: number, limit: { readonly min: number; readonly max: number }) =>
      `Your topic is ${counted(length, 'character', 'characters')} long; it may be ${number(limit.min)} to ${number(limit.max)}.`,
    places: (min: number, max: number) => `Between ${number(min)} and ${number(max)} people can come.`,
    openOfMentor: (most: number) =>
      `You already have ${number(most)} office hours that are still to come. Offer more once one of them is over.`,
    openOfGuild: (most: number) =>
      `There are ${number(most)} office hours coming in this server already, which is as many as people can follow. Offer yours once one of them is over.`,
    offered: (most: number, days: number) =>
      `You have offered ${number(most)} office hours within ${counted(days, 'day', 'days')}. Please wait a little before the next.`,
    channel: 'Choose a voice channel of this server. Nothing was changed.',
    channelClosed: (channelId: string) =>
      `Members do not see <#${channelId}>, or cannot speak there. Choose a voice channel that is open to them, or ask a moderator to open it.`,
    notOpen: 'That is over, was called off, or is not open to you. `/officehours show` has those that are.',
    notYours: 'Only the mentor who offered it can do that.',
    own: 'These office hours are your own, so you need no place.',
    tooMany: (most: number) =>
      `You already have ${counted(most, 'place', 'places')} in office hours that are still to come, and others want to come, too. Give one back first.`,
    another: (at: Instant) =>
      `You already have a place in other office hours at that time, ${stamp(at, 'F')}. Give that one back first.`,
    listFull:
      'So many people wait already that your turn would hardly come. `/officehours show` has what else is coming.',
    notOnList: 'You have no place there, and do not wait for one.',
    askOnList: 'Take a place first, or wait for one: questions are answered there.',
    noQuestion: 'Write what you would like to ask.',
    questionLong: (length: number, most: number) =>
      `Your question is ${number(length)} characters; the limit is ${number(most)}.`,
    questionGone: 'That question is not there any more.',
    nothingAsked: 'You have sent no question there.',
    hereWhen: (minutes: number, hours: number) =>
      `That can be said from ${minutesOf(minutes)} before it begins until ${counted(hours, 'hour', 'hours')} after its end.`,
    offerThere: 'A voice channel can only be chosen in the server itself: use `/officehours offer` there.',
    moveThere:
      'Its voice channel is gone, and another can only be chosen in the server itself: use `/officehours show` there, then *Move*.',
    begun: 'It has begun, so it cannot be moved any more.',
    unchanged: 'That is when and where it is already. Nothing was changed, and nobody was told.',
  },
};
