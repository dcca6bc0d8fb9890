import { sql } from 'kysely';
import { later } from '../../src/time.ts';
import { type Privacy, privacy } from '../../src/db/privacy.ts';
import type { Acting } from '../../src/guild/acting.ts';
import type { TestContext } from './context.ts';

/** Marks whatever the subject of `fillEveryTable` wrote. */
export const secret = 'SECRET';

/**
 * Fills every table with rows about one member, in every column that can name them or hold their words: straight in the
 * database, since no member does all of it.
 * @param other somebody else, with whom they have to do.
 */
export async function fillEveryTable(ctx: TestContext, subject: Acting, other: string): Promise<void> {
  const { db } = ctx;
  const at = ctx.now();
  const { guildId: guild_id, userId } = subject;
  const created = { guild_id, created_at: at };
  const member = {
    ...created,
    zone: 'Asia/Karachi',
    country: 'PK',
    locale: 'hi',
    conduct_agreed_at: at,
    conduct_version: 1,
  };
  await db
    .insertInto('members')
    .values([
      { ...member, user_id: userId },
      { ...member, user_id: other },
    ])
    .execute();
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
    .insertInto('date_proposals')
    .values({ guild_id, date_id: 'rank-list-2027', act: 'withdraw', source: '', by_id: userId, created_at: at })
    .execute();
  await db
    .insertInto('date_posts')
    .values({ guild_id, date_id: 'rank-list-2027', value: '2027-03-03', days: 7, post_id: 'post', due_at: at })
    .execute();
  await db
    .insertInto('match_lines')
    .values({ id: 'line', guild_id, user_id: userId, year: 2027, line: `${secret} line`, created_at: at })
    .execute();
  await db
    .insertInto('journeys')
    .values({
      user_id: userId,
      zone: 'Asia/Karachi',
      stage: 'applying',
      start_stage: 'step-1',
      who: 'graduate',
      pathway: '6',
      visa: 'unsaid',
      match_year: 2027,
      reminder_days: '[7]',
      reminders_since: at,
      created_at: at,
      used_at: at,
    })
    .execute();
  await db.insertInto('journey_guilds').values({ user_id: userId, guild_id, used_at: at }).execute();
  await db
    .insertInto('journey_items')
    .values({ user_id: userId, item_id: 'oet', state: 'doing', note: `${secret} step`, title: 'OET', changed_at: at })
    .execute();
  await db
    .insertInto('journey_dates')
    .values({ user_id: userId, date_id: 'rank-list-2027', told: '2027-03-03' })
    .execute();
  await db
    .insertInto('own_dates')
    .values({
      id: 'own',
      user_id: userId,
      title: `${secret} date`,
      day: '2027-05-03',
      reminder_days: '[7]',
      created_at: at,
      changed_at: at,
    })
    .execute();
  await db.insertInto('reminded').values({ user_id: userId, key: 'rank-list-2027', at }).execute();
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
    .insertInto('hours')
    .values({ guild_id, user_id: userId, windows: '[[1080,1260]]', until: at, updated_at: at, used_at: at })
    .execute();
  const group = {
    ...created,
    kind: 'exam' as const,
    place: '',
    languages: '["en"]',
    size: 4,
    sessions: 1,
    minutes: 60,
    topic: 'oet',
  };
  await db
    .insertInto('study_groups')
    .values([
      {
        ...group,
        id: 'group-1',
        state: 'closed',
        closed_at: at,
        about: `${secret} group`,
        author_id: userId,
        owner_id: userId,
        owner_asked_id: userId,
      },
      { ...group, id: 'group-2', state: 'closed', about: 'Hello', author_id: other, owner_id: other, closed_at: at },
    ])
    .execute();
  const inGroup = { guild_id, since: at, state: 'member' as const };
  await db
    .insertInto('group_members')
    .values([
      { ...inGroup, group_id: 'group-1', user_id: userId },
      { ...inGroup, group_id: 'group-1', user_id: other },
      { ...inGroup, group_id: 'group-2', user_id: userId, state: 'left', left_why: 'self' },
    ])
    .execute();
  await db
    .insertInto('group_sessions')
    .values({
      guild_id,
      id: 'session-1',
      group_id: 'group-1',
      starts_at: at,
      ends_at: at,
      state: 'held',
      is_extra: 0,
      changed: 'ended',
      changed_by: userId,
    })
    .execute();
  await db
    .insertInto('group_ticks')
    .values({ guild_id, group_id: 'group-1', user_id: userId, system: 'cardiovascular', at })
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
  await db
    .insertInto('focus_rooms')
    .values({
      guild_id,
      id: 'room-1',
      starter_id: userId,
      minutes: 25,
      rounds: 1,
      started_at: at,
      phase_until: at,
      ended_at: at,
    })
    .execute();
  await db
    .insertInto('focus_people')
    .values({ guild_id, room_id: 'room-1', user_id: userId, joined_at: at, line: `${secret} focus` })
    .execute();
  await db
    .insertInto('group_polls')
    .values({
      guild_id,
      id: 'poll-1',
      group_id: 'group-1',
      what: 'close',
      by_id: userId,
      at,
      ends_at: at,
      outcome: 'no',
    })
    .execute();
  await db.insertInto('poll_votes').values({ guild_id, poll_id: 'poll-1', user_id: userId, says: 1 }).execute();
  await db
    .insertInto('group_applications')
    .values({ guild_id, group_id: 'group-2', user_id: userId, state: 'listed', line: `${secret} about me`, since: at })
    .execute();
  await db
    .insertInto('group_prompts')
    .values({ guild_id, group_id: 'group-1', prompt_id: 'fetal-shunts-at-birth', used_at: at })
    .execute();
  await db
    .insertInto('session_people')
    .values({ guild_id, session_id: 'session-1', user_id: userId, answer: 'come', here_at: at, line: `${secret} line` })
    .execute();
  await db
    .insertInto('formations')
    .values({ id: 'formation-1', guild_id, state: 'published', by_itself: 0, seed: 1, created_at: at, closed_at: at })
    .execute();
  await db
    .insertInto('formation_people')
    .values({ formation_id: 'formation-1', guild_id, user_id: userId, topic: 'arriving', number: 1, waiting: 0 })
    .execute();
  await db
    .insertInto('seekers')
    .values({
      guild_id,
      user_id: userId,
      kind: 'circle',
      topic: 'arriving',
      place: 'ohio',
      languages: '["ur"]',
      sessions: 1,
      since: at,
    })
    .execute();
  await db
    .insertInto('blocks')
    .values([
      { ...created, member_id: userId, blocked_id: other },
      { ...created, member_id: other, blocked_id: userId },
    ])
    .execute();
  await db
    .insertInto('protections')
    .values([
      { ...created, id: 'p1', kind: 'bad-fit', one: userId, other, until: later(at, { days: 720 }) },
      { ...created, id: 'p2', kind: 'declined', one: other, other: userId, until: later(at, { days: 30 }) },
    ])
    .execute();
  await db.insertInto('recent_acts').values({ guild_id, id: 'a1', kind: 'first-message', who: 'h_1', at }).execute();
  await db
    .insertInto('notices')
    .values({
      ...created,
      id: 'to-them',
      kind: 'mentorship-introduction',
      user_id: userId,
      subject_id: 'pair-1',
      detail: JSON.stringify({ about: userId }),
      dedupe_key: `mentorship-introduction:pair-1:${userId}`,
      state: 'delivered',
      due_at: at,
      channel_id: '1',
      message_id: '2',
      delivered_at: at,
    })
    .execute();
  await fillPosts(ctx, subject, other);
  await fillRounds(ctx, subject, other);
  await fillCases(ctx, subject, other);
  await fillClaims(ctx, subject);
  const act = { guild_id, at, action: 'mentor-verified' as const };
  await db
    .insertInto('audit')
    .values([
      { ...act, id: 'did', actor_id: userId, subject_id: other, detail: JSON.stringify({ menteeId: userId }) },
      { ...act, id: 'was-done', actor_id: other, subject_id: userId },
    ])
    .execute();
}

/** One case that they reported, and one about them; both closed. */
async function fillCases({ db, now }: TestContext, { guildId: guild_id, userId }: Acting, other: string) {
  const at = now();
  const closed = {
    guild_id,
    category: 'money' as const,
    urgent: 0 as const,
    state: 'closed' as const,
    created_at: at,
    closed_at: at,
    outcome: 'talked' as const,
  };
  await db
    .insertInto('cases')
    .values([
      { ...closed, id: 'reported', reported_id: other, assignee_id: '9' },
      { ...closed, id: 'about', reported_id: userId, assignee_id: '9' },
      { ...closed, id: 'handled', reported_id: other, assignee_id: userId },
    ])
    .execute();
  const said = { guild_id, place: 1, today: 0 as const, may_name: 0 as const, created_at: at };
  const message = (authorId: string) =>
    JSON.stringify({ text: 'Pay me', authorId, channelId: '1', messageId: '2', at, files: [] });
  await db
    .insertInto('case_statements')
    .values([
      { ...said, id: 'said', case_id: 'reported', reporter_id: userId, words: `${secret} statement`, snapshot: message(other) }, // prettier-ignore
      {
        ...said,
        id: 'of-other',
        case_id: 'about',
        reporter_id: other,
        words: 'What they did',
        snapshot: message(userId),
      },
    ])
    .execute();
  await db
    .insertInto('case_excluded')
    .values([
      { guild_id, case_id: 'reported', user_id: '8' },
      { guild_id, case_id: 'handled', user_id: userId },
    ])
    .execute();
  await db
    .insertInto('case_entries')
    .values([
      { guild_id, place: 1, id: 'e1', case_id: 'handled', kind: 'taken', by_id: userId, at },
      { guild_id, place: 1, id: 'e2', case_id: 'reported', kind: 'answered', by_id: userId, statement_id: 'said', words: `${secret} heldnote`, at }, // prettier-ignore
    ])
    .execute();
  const draft = { guild_id, created_at: at };
  await db
    .insertInto('case_drafts')
    .values([
      { ...draft, id: 'd1', reporter_id: userId, reported_id: other, snapshot: message(other) },
      { ...draft, id: 'd2', reporter_id: other, reported_id: userId, snapshot: message(userId) },
    ])
    .execute();
}

/** A question that they asked, a draft of another one, and an answer that they wrote as a moderator. */
async function fillClaims({ db, now }: TestContext, { guildId: guild_id, userId }: Acting) {
  const at = now();
  const made = { guild_id, origin: 'question' as const, kind: 'other' as const, created_at: at };
  await db
    .insertInto('claims')
    .values({ ...made, id: 'claim', text: `${secret} question`, digest: 'h_1', state: 'open', asked: 1 })
    .execute();
  await db
    .insertInto('claim_askers')
    .values({ claim_id: 'claim', user_id: userId, guild_id, line: `${secret} line`, asked_at: at })
    .execute();
  await db
    .insertInto('claim_drafts')
    .values({ ...made, id: 'claim-draft', user_id: userId, text: `${secret} draft`, line: `${secret} added` })
    .execute();
  await db
    .insertInto('put_offs')
    .values({ guild_id, matter: 'guide x', user_id: userId, times: 1, until: at })
    .execute();
  await db
    .insertInto('guild_answers')
    .values({
      guild_id,
      id: 'own',
      kind: 'advice',
      question: `${secret} asked`,
      answer: `${secret} answered`,
      words: `${secret} searched`,
      checked: at.slice(0, 10),
      by_id: userId,
      created_at: at,
      changed_at: at,
    })
    .execute();
}

async function fillPosts({ db, now }: TestContext, { guildId: guild_id, userId }: Acting, other: string) {
  const at = now();
  const changed = { guild_id, created_at: at, updated_at: at };
  const draft = {
    ...changed,
    channel_id: '1',
    title: `${secret} title`,
    text: `${secret} text`,
    link: `https://example.org/${secret}-link`,
    image_url: `https://example.org/${secret}-image`,
    zone: 'Etc/UTC',
    author_id: userId,
    sender_id: userId,
  };
  await db
    .insertInto('announcements')
    .values([
      { ...draft, id: 'draft', state: 'draft' },
      {
        ...draft,
        id: 'posted',
        state: 'posted',
        title: 'The guild’s title',
        text: 'News',
        link: null,
        image_url: null,
      },
    ])
    .execute();
  await db
    .insertInto('schedules')
    .values({
      ...changed,
      id: 'schedule',
      kind: 'prompt',
      channel_id: '1',
      cron: '0 9 * * 1',
      zone: 'Etc/UTC',
      state: 'active',
      created_by: userId,
      chooser_id: userId,
    }) // prettier-ignore
    .execute();
  await db
    .insertInto('slots')
    .values({
      guild_id,
      id: 'slot',
      schedule_id: 'schedule',
      kind: 'prompt',
      due_at: at,
      state: 'posted',
      created_at: at,
    }) // prettier-ignore
    .execute();
  const content = { ...changed, kind: 'tip' as const, category: 'visas' };
  await db
    .insertInto('guild_contents')
    .values([
      { ...content, id: 'suggested', body: `{"text":"${secret} suggestion"}`, state: 'suggested', author_id: userId },
      { ...content, id: 'approved', body: '{"text":"The guild’s tip"}', state: 'approved', author_id: userId },
      { ...content, id: 'decided', body: '{"text":"Another tip"}', state: 'approved', author_id: other, decided_by: userId, decided_at: at }, // prettier-ignore
    ])
    .execute();
  await db
    .insertInto('participations')
    .values({ slot_id: 'slot', guild_id, user_id: userId, created_at: at })
    .execute();
  await db
    .insertInto('panels')
    .values({ guild_id, created_at: at, id: 'panel', channel_id: '7', words: `${secret} panel`, by_id: userId })
    .execute();
  await db.insertInto('notify').values({ guild_id, kind: 'tips', role_id: '1', created_at: at }).execute();
}

async function fillRounds({ db, now }: TestContext, { guildId: guild_id, userId }: Acting, other: string) {
  const at = now();
  const figures = JSON.stringify({ droppedPins: [{ menteeId: userId, mentorId: other }] });
  await db
    .insertInto('rounds')
    .values({
      id: 'round',
      guild_id,
      state: 'discarded',
      floor: 0,
      created_by: userId,
      created_at: at,
      closed_at: at,
      closed_by: userId,
      figures,
    }) // prettier-ignore
    .execute();
  const pair = { round_id: 'round', guild_id };
  await db
    .insertInto('round_pairs')
    .values([
      { ...pair, mentee_id: userId, mentor_id: other, fit: 1, reasons: '[]' },
      { ...pair, mentee_id: other, mentor_id: userId, fit: 1, reasons: '[]' },
    ])
    .execute();
  await db
    .insertInto('round_left')
    .values({ ...pair, mentee_id: userId, why: 'no-eligible' })
    .execute();
  const wish = { ...pair, kind: 'pinned' as const, created_at: at };
  await db
    .insertInto('round_wishes')
    .values([
      { ...wish, mentee_id: userId, mentor_id: other, created_by: userId },
      { ...wish, mentee_id: other, mentor_id: userId, created_by: other },
    ])
    .execute();
}

/** A text that stands in a column which is not plain. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly privacy: Privacy;
  readonly value: string;
  /** The whole row, by column. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** Walks the classification of columns: everything that stands where somebody can be named or quoted. */
export async function walkPrivate(ctx: TestContext): Promise<Place[]> {
  const places: Place[] = [];
  for (const [table, columns] of Object.entries(privacy)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(ctx.db);
    for (const row of rows) {
      for (const [column, kind] of Object.entries(columns)) {
        const value = row[column];
        if (kind !== 'plain' && typeof value === 'string') places.push({ table, column, privacy: kind, value, row });
      }
    }
  }
  return places;
}
