/** Messages about sessions in a group's thread. */
import { ButtonStyle } from 'discord.js';
import { prompts } from '../../content/library.ts';
import { isHeldUp } from '../../db/notices/lookups.ts';
import { findGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { findSession, listSessionPeople, type Session, type SessionPerson } from '../../db/study/sessions.ts';
import { button, row } from '../../discord/buttons.ts';
import { subjectText } from '../../discord/cards/study.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { who } from '../../marks.ts';
import { heldBy } from '../../study/limits.ts';
import { phaseOf } from '../../study/phases.ts';
import { nextTimes } from '../../study/times.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs, toInstant } from '../../time.ts';
import { type Render, subjectOf } from './scene.ts';

/** A session's one message, from the day before to its end: only what happens edits it, and the stamps count by themselves. */
export const groupSession: Render = async (scene) => {
  const session = await subjectOf(scene, findSession);
  const group = session && (await findGroup(scene.ctx.db, session.group_id));
  if (!session || !group) return undefined;
  // Nothing was said of it before it was called off.
  if (session.state === 'called-off' && scene.notice.message_id === null) return undefined;
  const text = scene.t.study.session;
  const people = await listSessionPeople(scene.ctx.db, session.id);
  const next =
    isOver(session) && group.state === 'active' && group.zone !== null
      ? nextTimes({ zone: group.zone, times: group.times }, epochMs(session.starts_at), 1)[0]
      : undefined;
  const body = [
    stateText(scene.t, session, people),
    ...timerText(scene.t, session),
    ...whoText(scene.t, session, people),
    ...(!isOver(session) && (await isHeldUp(scene.ctx.db, session.id, 'session-event')) ? [scene.t.events.none] : []),
    ...(next === undefined ? [] : [text.next(toInstant(next))]),
    ...(session.state === 'held' ? [text.how] : []),
    `-# ${text.integrity}`,
  ];
  return {
    embeds: [embed(scene.t, text.title(subjectText(scene.t, group)), body.join('\n\n'))],
    components: buttonsOf(scene.t, session),
  };
};

/** What part is on, what it is about, and who last touched the timer. */
function timerText(t: Texts, session: Session): string[] {
  const text = t.studySessions;
  const { changed, changed_by: by, paused_at: pausedAt, phase_until: until } = session;
  const change = by === null || changed === null || changed === 'paused' ? [] : [text.changed[changed](by)];
  if (session.state !== 'running') return changed === 'ended' && isOver(session) ? change : [];
  const phase = phaseOf(session.shape, session.phase);
  if (!phase || until === null) return change;
  const paused = pausedAt !== null && by !== null ? text.paused(by) : undefined;
  const about = session.shape === 'teach-back' ? promptText(t, session.prompt_id, phase.is === 'points') : [];
  return [paused ?? text.phases[phase.is](until), ...about, ...(paused === undefined ? change : [])];
}

/** The question that a teach-back is about, with what a good answer has once it is uncovered. */
function promptText(t: Texts, id: string | null, isUncovered: boolean): string[] {
  const prompt = prompts().find((each) => each.id === id);
  if (!prompt) return [t.studySessions.noPromptLeft];
  const points = prompt.checkpoints.map((point, i) => `${i + 1}. ${point}`);
  return [`> ${prompt.question}`, ...(isUncovered ? [points.join('\n')] : [])];
}

function isOver({ state }: Session): boolean {
  return state === 'held' || state === 'missed' || state === 'called-off';
}

function stateText(t: Texts, session: Session, people: readonly SessionPerson[]): string {
  const text = t.study.session;
  switch (session.state) {
    case 'planned':
      return text.planned(session.starts_at);
    case 'running':
      return text.running(session.ends_at);
    case 'held':
      return text.held(people.filter((each) => each.here_at !== null).length);
    case 'missed':
      return text.missed;
    case 'called-off':
      return text.calledOff;
  }
}

/** Who comes before it begins, who is here and what they mean to do while it is on. Afterwards nobody is named. */
function whoText(t: Texts, session: Session, people: readonly SessionPerson[]): string[] {
  const text = t.study.session;
  const named = (some: readonly SessionPerson[], say: (names: readonly string[]) => string) =>
    some.length === 0 ? [] : [say(some.map((each) => who(each.user_id)))];
  if (session.state === 'planned') {
    return [
      ...named(people.filter(({ answer }) => answer === 'come'), text.coming), // prettier-ignore
      ...named(people.filter(({ answer }) => answer === 'perhaps'), text.maybe), // prettier-ignore
      ...named(people.filter(({ answer }) => answer === 'cannot'), text.excused), // prettier-ignore
    ];
  }
  if (session.state !== 'running') return [];
  const here = people.filter((each) => each.here_at !== null);
  const lines = here.filter(({ line }) => line !== '').map((each) => text.pledge(each.user_id, showTyped(each.line)));
  return [...named(here, text.hereNow), ...(lines.length === 0 ? [] : [lines.join('\n')])];
}

function buttonsOf(t: Texts, session: Session): NonNullable<Card['components']> {
  const { id, state } = session;
  const text = t.study.session;
  if (state === 'planned') {
    return [
      row(
        button([keys.study.coming, id, 'come'], text.come, ButtonStyle.Success),
        button([keys.study.coming, id, 'perhaps'], text.perhaps),
        button([keys.study.coming, id, 'cannot'], text.cannot),
        button([keys.study.here, id], text.here),
        button([keys.study.callOff, id], text.callOff),
      ),
    ];
  }
  if (state === 'running') return runningButtons(t, session);
  if (state !== 'held') return [];
  return [
    row(
      button([keys.study.done, id, 'done'], text.done),
      button([keys.study.done, id, 'partly'], text.partly),
      button([keys.study.done, id, 'not'], text.not),
    ),
  ];
}

/** Being there, one's line, and the timer. */
function runningButtons(t: Texts, session: Session): NonNullable<Card['components']> {
  const { id, shape, phase, paused_at: pausedAt } = session;
  const text = t.studySessions;
  const isPaused = pausedAt !== null;
  const points =
    phaseOf(shape, phase)?.is === 'points' && session.prompt_id !== null
      ? [button([keys.tip.points, 'library', session.prompt_id], text.prompts.points)]
      : [];
  return [
    row(
      button([keys.study.here, id], t.study.session.here, ButtonStyle.Success),
      button([keys.study.line, id], t.study.session.line),
      ...points,
    ),
    row(
      ...(shape === 'one'
        ? []
        : [
            button([keys.study.pause, id, isPaused ? 'go-on' : 'pause'], isPaused ? text.goOn : text.pause),
            button([keys.study.nextPart, id, String(phase)], text.next),
          ]),
      button([keys.study.finish, id], text.end),
    ),
  ];
}

/** Two hours before, where fewer than two come: what is to become of it. */
export const groupFew: Render = async (scene) => {
  const { t, ctx } = scene;
  const text = t.studySessions.few;
  const session = await subjectOf(scene, findSession);
  if (!session || (session.state !== 'planned' && scene.notice.message_id === null)) return undefined;
  const people = await listSessionPeople(ctx.db, session.id);
  const coming = people.filter(({ answer }) => answer === 'come').length;
  if (scene.notice.message_id === null && (coming >= heldBy || session.starts_at <= ctx.now())) return undefined;
  if (session.state !== 'planned') return { embeds: [{ description: stateText(t, session, people) }] };
  if (coming >= heldBy) return { embeds: [{ description: text.stays(coming) }] };
  return {
    embeds: [embed(t, text.title(coming), text.body(session.starts_at))],
    components: [
      row(
        button([keys.study.moveOpen, session.id], text.move),
        button([keys.study.callOff, session.id], text.callOff),
        button([keys.study.meetAnyway, session.id], text.meet, ButtonStyle.Success),
      ),
    ],
  };
};

/** Ten minutes before: one message, with those who said that they come. */
export const groupSoon: Render = async (scene) => {
  const session = await subjectOf(scene, findSession);
  if (!session) return undefined;
  const text = scene.t.study.session;
  const people = await listSessionPeople(scene.ctx.db, session.id);
  if (session.ends_at <= scene.ctx.now() || isOver(session)) {
    if (scene.notice.message_id === null) return undefined;
    return { embeds: [{ description: stateText(scene.t, session, people) }] };
  }
  // Whoever has left the group since is not called to it.
  const members = (await listGroupMembers(scene.ctx.db, session.group_id)).filter(({ state }) => state === 'member');
  const coming = people
    .filter(({ answer, user_id: userId }) => answer === 'come' && members.some((each) => each.user_id === userId))
    .map((each) => each.user_id);
  return {
    content: coming.map(who).join(' '),
    embeds: [{ description: text.soon(session.starts_at) }],
    components: [
      row(
        button([keys.study.here, session.id], text.here, ButtonStyle.Success),
        button([keys.study.line, session.id], text.line),
      ),
    ],
    allowedMentions: { users: coming },
  };
};
