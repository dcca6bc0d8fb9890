/** How a member's mentorships go, by names that a person can read. */
import type { HeldInMentorshipLife } from '../db/personal-data/mentorship-life.ts';
import type { Sections } from '../guild/area.ts';

/** Pure: sections of the file that a member takes with them. What the other said of a meeting is theirs. */
export function lifeOf(held: HeldInMentorshipLife, userId: string): Sections {
  return {
    meetings: held.meetings.map((meeting) => {
      const role = meeting.mentor_id === userId ? 'mentor' : 'mentee';
      return {
        you: role,
        partner: role === 'mentor' ? meeting.mentee_id : meeting.mentor_id,
        state: meeting.state,
        proposedBy: meeting.proposed_by,
        proposedAt: meeting.proposed_at,
        minutes: meeting.minutes,
        begins: meeting.starts_at,
        place: meeting.place,
        youSaidItWas: role === 'mentor' ? meeting.mentor_says : meeting.mentee_says,
        line: meeting.line,
        lineBy: meeting.line_by,
      };
    }),
    questionsYouWereAsked: held.checkIns.map((asked) => ({
      question: asked.kind,
      mentorship: asked.mentorship_id,
      at: asked.asked_at,
      yourAnswer: asked.answer,
      answeredAt: asked.answered_at,
      youNeedUntil: asked.until,
      yourLineToTheModerators: asked.line,
    })),
    goalsOfYourMentorships: held.goals.map((goal) => ({
      goal: goal.text,
      by: goal.due_on,
      wordedBy: goal.user_id,
      state: goal.state,
      since: goal.created_at,
      closedAt: goal.closed_at,
    })),
    whatYouSaidAtTheEndOfMentorships: held.closings.map((closing) => ({
      to: closing.to_id,
      whatIsDifferentNow: closing.different,
      goalsReached: closing.goals,
      howItWent: closing.went,
      yourWordToThem: closing.word,
      at: closing.filled_at,
    })),
    wordsYouKept: held.kept.map((closing) => ({ from: closing.user_id, word: closing.word, keptAt: closing.kept_at })),
    remindersOfMeetingsOffSince: held.reminders?.off_at ?? null,
  };
}
