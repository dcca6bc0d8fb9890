/** Tips and prompts: how they look in a channel, and what people read who write, suggest, approve and retire them. */
import { counted, words } from './words.ts';

const { number } = words;

const kinds = { tip: 'tip', prompt: 'prompt' };
type Kind = keyof typeof kinds;

export const content = {
  /** The cards in a channel. */
  card: {
    tip: (category: string) => `Tip · ${category}`,
    prompt: (parts: readonly string[]) => ['Study prompt', ...parts].join(' · '),
    promptTitle: 'Teach it to each other',
    how: 'Take two minutes, then explain it out loud to somebody as if they were a student. Afterward, compare with the key points.',
    own: 'Written for study groups; not taken from any exam.',
    integrity:
      'Please never share or ask for real exam questions: it breaks the rules of the USMLE and can end a career.',
    source: (link: string, on: string) => `Source: ${link}, checked ${on}`,
    sourceByNotes: (link: string, on: string) =>
      `Source: ${link}. Compared on ${on} with notes about that page, not with the page itself: read it before you rely on this.`,
    see: (link: string) => `Read on: ${link}`,
    ownTip: 'From this community; not checked by Preceptor.',
    ownPrompt: 'From this community; not checked by Preceptor.',
    done: (people: number) => `**Done by ${counted(people, 'person', 'people')} so far**`,
    showPoints: 'Show the key points',
    weDidIt: 'We did it',
  },

  points: {
    title: 'Key points',
    answer: 'A model answer',
    why: 'Why it matters on the wards',
    gone: 'This prompt is no longer in the library, so its key points cannot be shown. A new prompt will come along.',
  },

  done: {
    counted: (people: number) =>
      people <= 1
        ? 'Counted: you are the first. Only the number is shown, never a name.'
        : `Counted: ${counted(people, 'person', 'people')} did this one, you among them. Only the number is shown, never a name.`,
    already: 'You are already counted for this prompt.',
    takeBack: 'Take it back',
    takenBack: 'Taken back: you are no longer counted for this prompt.',
    notCounted: 'You are not counted for this prompt, so there is nothing to take back.',
    gone: 'This post is too old to count. We would be glad to have you for the next prompt.',
  },

  tip: {
    description: 'Tips on the way to residency',
    show: 'A tip for you now',
    category: 'What it should be about',
    suggest: 'Suggest a tip; moderators look at it before it is posted',
    another: 'Another tip',
    none: 'There is no tip to show in this category at the moment. Please try another one.',
    suggested:
      'Thank you! The moderators have your tip, and you will get a message once they have decided. Only they see your name.',
    tooMany: (most: number) =>
      `You already have ${counted(most, 'suggestion', 'suggestions')} waiting. Please let the moderators look at those first, and thank you for your ideas.`,
  },

  form: {
    suggestTitle: 'Suggest a tip',
    addTip: 'A tip of this server',
    addPrompt: 'A study prompt of this server',
    editTitle: 'Edit and approve',
    category: 'Category',
    exam: 'Exam',
    title: 'Title',
    titleHint: 'One line that says what the tip is about.',
    text: 'Tip',
    textHint: 'One idea, concrete enough to act on this week. No scores, no real exam questions.',
    see: 'Link',
    seeHint: 'Optional. Where to read more; an official page is best.',
    question: 'Question',
    questionHint: 'To be explained out loud to somebody. Written by you, never taken from an exam.',
    checkpoints: 'Key points',
    checkpointsHint: (count: number) => `Exactly ${count} lines: what a good answer has.`,
    answer: 'Model answer',
    answerHint: 'How you would explain it yourself.',
    why: 'Why it matters on the wards',
    whyHint: 'One or two sentences.',
    note: 'A word to them',
    noteHint: 'Optional. They read it as you write it, without your name.',
    declineTitle: 'Decline a suggestion',
  },

  refused: {
    category: 'Please choose one of the categories from the list. Nothing was changed.',
    exam: 'Please choose one of the exams from the list. Nothing was changed.',
    missing: (field: string) => `“${field}” is empty. Nothing was saved.`,
    tooLong: (field: string, length: number, most: number) =>
      `“${field}” is ${number(length)} characters; the limit is ${number(most)}. Nothing was saved; please shorten it.`,
    checkpoints: (count: number, found: number) =>
      `Please write exactly ${counted(count, 'key point', 'key points')}, one on each line; you have ${found}. Nothing was saved.`,
    link: 'The link has to be a full web address that starts with https://. Nothing was saved.',
    gone: 'This entry no longer exists here.',
    notDraft: 'This preview was already added or discarded. `/content list` shows how things stand.',
    changed: 'You have changed this entry in another preview since. Please confirm the newest one.',
    decided: {
      approved: (by: string, at: string) => `${by} already approved this suggestion ${at}.`,
      declined: (by: string, at: string) => `${by} already declined this suggestion ${at}.`,
      retired: (by: string, at: string) => `${by} already retired this suggestion ${at}.`,
    },
    notWaiting: 'This entry is not waiting for approval.',
    retiredAlready: 'This entry is already retired.',
    notRetired: 'This entry is not retired.',
    noteTooLong: (length: number, most: number) =>
      `Your word to them is ${number(length)} characters; the limit is ${number(most)}. Nothing was changed.`,
    unknownEntry: 'Please choose an entry from the list that appears as you type. Nothing was changed.',
    somebody: 'Another moderator',
    full: (most: number) =>
      `This server already has ${counted(most, 'entry', 'entries')} of its own. Retire some before you add more. Nothing was saved.`,
  },

  command: {
    description: 'Tips and prompts of this server',
    list: 'The entries of this server: in use, waiting for you, retired',
    listKind: 'Only tips or only prompts',
    listState: 'Which entries; those in use when left out',
    add: 'Write a tip or a prompt for this server',
    addKind: 'What to add',
    retire: 'Take an entry of this server out of use',
    retireEntry: 'Type a word of the entry',
    mix: 'Choose where posted tips and prompts come from',
    mixFrom: 'The library, this server, or both; shows the current choice when left out',
  },
  kinds: { tip: 'Tip', prompt: 'Prompt' },
  states: { approved: 'in use', suggested: 'waiting for a moderator', retired: 'retired' },
  mixes: {
    library: 'Only the library of Preceptor',
    guild: 'This server’s own first while they are new, then mixed',
    both: 'Mixed: the library and this server’s own',
  },

  list: {
    title: {
      approved: (count: number) => `${counted(count, 'entry', 'entries')} of this server in use`,
      suggested: (count: number) => `${counted(count, 'suggestion waits', 'suggestions wait')} for a moderator`,
      retired: (count: number) => counted(count, 'retired entry', 'retired entries'),
    },
    empty: {
      approved:
        'This server has no tips or prompts of its own yet; posts come from the library. `/content add` writes one, and members can use `/tip suggest`.',
      suggested: 'No suggestions are waiting. Members make them with `/tip suggest`.',
      retired: 'Nothing is retired.',
    },
    page: (page: number, of: number) => `Page ${page} of ${of}`,
    line: (place: number, kind: Kind, category: string) =>
      `${place}. ${kind === 'tip' ? 'Tip' : 'Prompt'} · ${category}`,
    by: (author: string, on: string) => `By ${author}, ${on}`,
    approve: (place: number) => `Approve ${place}`,
    edit: (place: number) => `Edit ${place}`,
    decline: (place: number) => `Decline ${place}`,
    restore: (place: number) => `Bring back ${place}`,
    retire: (place: number) => `Retire ${place}`,
    previous: 'Previous',
    next: 'Next',
    mix: (mix: string) => `Posts use: ${mix}. \`/content mix\` changes it.`,
  },

  preview: {
    text: 'This is exactly how it will look. Nobody else sees it yet.',
    add: 'Add it',
    edit: 'Edit the words',
    cancel: 'Cancel',
    added: (kind: Kind) => `Added: this ${kinds[kind]} is in use from now on. \`/content retire\` takes it out again.`,
    addedUnused: (kind: Kind) =>
      `Added. But posts only use the library at the moment, so this ${kinds[kind]} will not be posted until you change that with \`/content mix\`.`,
    cancelled: 'Discarded. Nothing was added.',
  },

  retire: {
    done: (title: string) => `Retired: **${title}** will no longer be chosen for posts. What was already posted stays.`,
    undo: 'Undo',
    undone: (title: string) => `**${title}** is in use again.`,
  },

  mix: {
    now: (mix: string) => `Posted tips and prompts come from: **${mix}**. \`/content mix from:\` changes it.`,
    set: (mix: string) => `From now on posted tips and prompts come from: **${mix}**.`,
  },

  review: {
    title: 'A member suggests a tip',
    body: (author: string) =>
      `${author} suggests this tip for the posts of this server. They are told what you decide.`,
    approve: 'Approve',
    edit: 'Edit and approve',
    decline: 'Decline',
    approved: (by: string, on: string) => `Approved by ${by} on ${on}. It is in use.`,
    declined: (by: string, on: string) => `Declined by ${by} on ${on}.`,
    retired: 'Approved, and retired since.',
    approvedAnswer: 'Approved: it is in use from now on, and the member is told with thanks.',
    approvedUnused:
      'Approved, and the member is told with thanks. But posts only use the library at the moment, so it will not be posted until you change that with `/content mix`.',
    declinedAnswer: 'Declined, and the member is told kindly.',
  },

  told: {
    approvedTitle: 'Your tip is in use',
    approved: (title: string, guild: string) =>
      `The moderators of ${guild} have approved your tip **${title}**. It is now among the tips for everybody there. Thank you for helping those who come after you.`,
    declinedTitle: 'About the tip you suggested',
    declined: (title: string, guild: string) =>
      `Thank you for suggesting **${title}** in ${guild}. The moderators have decided not to use it for now. Please do not let that stop you from suggesting another one.`,
    note: 'A word from the moderators',
  },
};
