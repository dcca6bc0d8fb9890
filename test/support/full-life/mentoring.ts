import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { secret } from './secret.ts';

/** As mentor and as mentee: profiles, requests, mentorships and what belongs to them, rounds, office hours. */
export async function fillMentoring(
  { db, now }: TestContext,
  { guildId: guild_id, userId }: Acting,
  other: string,
): Promise<void> {
  const at = now();
  const created = { guild_id, created_at: at };
  const profile = {
    ...created,
    state: 'active' as const,
    specialties: '["cardiology"]',
    languages: '["ur"]',
    topics: '["visas"]',
    capacity: 1,
    verification: 'verified' as const,
    verified_at: at,
    updated_at: at,
    about: `${secret} about`,
  };
  await db
    .insertInto('profiles')
    .values([
      {
        ...profile,
        id: 'as-mentor',
        user_id: userId,
        role: 'mentor',
        stage: 'fellow',
        accepts_from: 'step-1',
        verification: 'suspended',
        verified_level: 'fellow',
        verified_method: 'video-call',
        verified_by: other,
        selects_until: at,
        selects_place: `${secret} place`,
      },
      { ...profile, id: 'as-mentee', user_id: userId, role: 'mentee', stage: 'applying', priority: 'specialty' },
      { ...profile, id: 'of-other', user_id: other, role: 'mentor', stage: 'resident', about: '', verified_by: userId },
    ])
    .execute();
  const request = { ...created, state: 'declined' as const, sent_at: at, decided_at: at, decline_reason: 'no-room' };
  await db
    .insertInto('requests')
    .values([
      // The mentee writes the message, the mentor the note.
      {
        ...request,
        id: 'made',
        mentee_id: userId,
        mentor_id: other,
        message: `${secret} message`,
        decline_note: 'Sorry',
      },
      {
        ...request,
        id: 'received',
        mentee_id: other,
        mentor_id: userId,
        message: 'Hello',
        decline_note: `${secret} note`,
        answer: 'decline',
        answer_due_at: at,
        answer_choice: 'never-again',
        answer_note: `${secret} heldnote`,
      },
    ])
    .execute();
  const pair = { guild_id, state: 'completed' as const, started_at: at, due_at: at, ended_at: at };
  await db
    .insertInto('mentorships')
    .values([
      { ...pair, id: 'pair-1', mentor_id: userId, mentee_id: other },
      { ...pair, id: 'pair-2', mentor_id: other, mentee_id: userId },
    ])
    .execute();
  const meeting = { guild_id, state: 'held' as const, proposed_at: at, minutes: 30, starts_at: at, ends_at: at };
  await db
    .insertInto('meetings')
    .values([
      {
        ...meeting,
        id: 'met-1',
        mentorship_id: 'pair-1',
        series_id: 'met-1',
        proposed_by: 'mentor',
        place: `https://example.org/${secret}-place`,
        line: `${secret} line`,
        line_by: 'mentor',
      },
      { ...meeting, id: 'met-2', mentorship_id: 'pair-2', series_id: 'met-2', proposed_by: 'mentor' },
    ])
    .execute();
  await db
    .insertInto('check_ins')
    .values({
      guild_id,
      id: 'asked',
      mentorship_id: 'pair-1',
      user_id: userId,
      kind: 'fit',
      asked_at: at,
      answer: 'deciding',
      answered_at: at,
      line: `${secret} line to staff`,
    })
    .execute();
  await db
    .insertInto('goals')
    .values({
      guild_id,
      id: 'goal',
      mentorship_id: 'pair-1',
      user_id: userId,
      text: `${secret} goal`,
      due_on: '2027-01-31',
      state: 'open',
      created_at: at,
    })
    .execute();
  const closing = { guild_id, goals: 'some' as const, went: 'good' as const, filled_at: at };
  await db
    .insertInto('closings')
    .values([
      {
        ...closing,
        mentorship_id: 'pair-1',
        user_id: userId,
        to_id: other,
        different: `${secret} different`,
        word: `${secret} word`,
      },
      {
        ...closing,
        mentorship_id: 'pair-1',
        user_id: other,
        to_id: userId,
        different: '',
        word: 'Thanks',
        kept_at: at,
      },
    ])
    .execute();
  await db.insertInto('reminder_wishes').values({ guild_id, user_id: userId, off_at: at }).execute();
  await db.insertInto('waitlist').values({ guild_id, mentee_id: userId, joined_at: at }).execute();
  await db
    .insertInto('kept_turns')
    .values({ guild_id, mentee_id: userId, looking_since: at, since: at, until: at, returns: 0 })
    .execute();
  await db
    .insertInto('round_plans')
    .values({
      guild_id,
      weekday: 1,
      minute: 0,
      weeks: 1,
      publishes: 'press',
      floor: null,
      set_by: userId,
      set_at: at,
      next_at: at,
    })
    .execute();
  await db.insertInto('openings').values({ guild_id, mentor_id: userId, due_at: at }).execute();
  const offer = { ...created, state: 'passed' as const, until: at };
  await db
    .insertInto('offers')
    .values([
      { ...offer, id: 'heard', mentor_id: other, mentee_id: userId },
      { ...offer, id: 'told-of', mentor_id: userId, mentee_id: other },
    ])
    .execute();
  await db
    .insertInto('office_hours')
    .values({
      guild_id,
      id: 'office-1',
      mentor_id: userId,
      topic: `${secret} topic`,
      channel_id: '5',
      places: 3,
      minutes: 30,
      starts_at: at,
      ends_at: at,
      state: 'held',
      created_at: at,
      closed_at: at,
    })
    .execute();
  await db
    .insertInto('office_people')
    .values({ guild_id, hour_id: 'office-1', user_id: userId, state: 'in', since: at, here_at: at })
    .execute();
  await db
    .insertInto('office_questions')
    .values({
      guild_id,
      id: 'question-1',
      hour_id: 'office-1',
      user_id: userId,
      words: `${secret} question`,
      named: 1,
      asked_at: at,
    }) // prettier-ignore
    .execute();
}
