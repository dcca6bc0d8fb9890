import { languageById, rankOf, specialtyById, stageById, topicById } from '../../content/index.ts';
import { isCountry } from '../../content/countries.ts';
import { isZone } from '../../content/zones/index.ts';
import type { Member } from '../../db/members.ts';
import type { Profile } from '../../db/profiles.ts';
import type { ProfileRole } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import {
  aboutLimit,
  anotherLanguage,
  capacity,
  firstStage,
  lastStage,
  mostChosen,
  type Priority,
  priorities,
} from './limits.ts';

/** What a command's options say of a profile, before the form is filled in. */
export interface Draft {
  readonly role: ProfileRole;
  readonly zone: string;
  /** ISO 3166 alpha-2 code of the country of medical school. */
  readonly country: string | null;
  readonly showsCountry: boolean;
  /** Mentors: how many mentees at a time. Mentees: 0. */
  readonly capacity: number;
  /** Mentors: the earliest stage of a mentee; null for any before their own. */
  readonly acceptsFrom: string | null;
  /** Mentees: the part of the fit that matters most. */
  readonly priority: string | null;
}

/** What the form asks for. */
export interface FormAnswers {
  readonly specialties: readonly string[];
  readonly stage: string;
  readonly languages: readonly string[];
  readonly topics: readonly string[];
  readonly about: string;
}

/** Pure: the draft that leaves a profile as it is. */
export function draftOf(profile: Profile, member: Member): Draft {
  return {
    role: profile.role,
    zone: member.zone,
    country: member.country,
    showsCountry: member.shows_country === 1,
    capacity: profile.capacity,
    acceptsFrom: profile.accepts_from,
    priority: profile.priority,
  };
}

/** Pure: a first profile in a role, of somebody of whom nothing but the zone is known: the rest is as usual. */
export function newDraft(role: ProfileRole, zone: string): Draft {
  return {
    role,
    zone,
    country: null,
    showsCountry: false,
    capacity: role === 'mentor' ? capacity.usual : 0,
    acceptsFrom: null,
    priority: null,
  };
}

/** Pure: the same, with what is kept about the member. */
export function firstDraftOf(role: ProfileRole, member: Member): Draft {
  return { ...newDraft(role, member.zone), country: member.country, showsCountry: member.shows_country === 1 };
}

/** Pure: a draft as the parts of a custom id, none of which is longer than the id can bear. */
export function encodeDraft(draft: Draft): string[] {
  return [
    draft.role,
    draft.zone,
    draft.country ?? '',
    draft.showsCountry ? '1' : '0',
    String(draft.capacity),
    draft.acceptsFrom ?? '',
    draft.priority ?? '',
  ];
}

/**
 * Pure: reads a draft back out of a custom id, which anybody can have made up: it is checked as if it had been typed.
 * @throws UserError when it is none.
 */
export function decodeDraft(args: readonly string[]): Draft {
  const [role, zone = '', country, shows, places, acceptsFrom, priority] = args;
  if (role !== 'mentor' && role !== 'mentee') throw new UserError((t) => t.common.outdated);
  const draft: Draft = {
    role,
    zone,
    country: country || null,
    showsCountry: shows === '1',
    capacity: Number(places),
    acceptsFrom: acceptsFrom || null,
    priority: priority || null,
  };
  checkDraft(draft);
  return draft;
}

/**
 * Pure: refuses options that no profile can have.
 * @throws UserError that says which and why.
 */
export function checkDraft(draft: Draft): void {
  if (!isZone(draft.zone)) throw new UserError((t) => t.common.outdated);
  if (draft.country !== null && !isCountry(draft.country)) {
    throw new UserError((t) => t.profiles.refused.country);
  }
  if (draft.role === 'mentor') {
    const places = draft.capacity;
    if (!Number.isInteger(places) || places < capacity.min || places > capacity.max)
      throw new UserError((t) => t.profiles.refused.capacity(capacity.min, capacity.max));
    if (draft.priority !== null) throw new UserError((t) => t.common.outdated);
    if (draft.acceptsFrom !== null && !stageById.has(draft.acceptsFrom)) throw new UserError((t) => t.common.outdated);
  } else {
    if (draft.capacity !== 0 || draft.acceptsFrom !== null) throw new UserError((t) => t.common.outdated);
    if (draft.priority !== null && !isPriority(draft.priority)) throw new UserError((t) => t.common.outdated);
  }
}

function isPriority(value: string): value is Priority {
  return (priorities as readonly string[]).includes(value);
}

/**
 * Pure: the answers of a form, each list without repeats. The form's menus do not let people choose anything else, but
 * a client can send what it likes.
 * @throws UserError that names what has to be chosen again.
 */
export function checkAnswers(draft: Draft, answers: FormAnswers): FormAnswers {
  if (!stageById.has(answers.stage))
    throw new UserError((t) => t.profiles.refused.choose(t.profiles.form.labels.stage, 1));
  const about = answers.about.trim();
  if (about.length > aboutLimit) throw new UserError((t) => t.profiles.refused.aboutTooLong(about.length, aboutLimit));
  if (draft.role === 'mentor') checkMentorStage(answers.stage, draft.acceptsFrom);
  else if (answers.stage === lastStage) throw new UserError((t) => t.profiles.refused.menteeAtTheTop);
  return {
    specialties: chosen(answers.specialties, specialtyById, 'specialties', mostChosen.specialties),
    stage: answers.stage,
    languages: chosen(requireKnownLanguage(answers.languages), languageById, 'languages', mostChosen.languages),
    topics: chosen(answers.topics, topicById, 'topics', mostChosen.topics),
    about,
  };
}

/** The languages without the entry that leads to another. @throws UserError when that was all: it is chosen next. */
function requireKnownLanguage(values: readonly string[]): readonly string[] {
  const known = values.filter((value) => value !== anotherLanguage);
  if (known.length === 0 && values.length > 0) throw new UserError((t) => t.profiles.refused.onlyAnother);
  return known;
}

function checkMentorStage(stage: string, acceptsFrom: string | null): void {
  if (stage === firstStage) throw new UserError((t) => t.profiles.refused.mentorStillStudent);
  if (acceptsFrom === null || rankOf(acceptsFrom) < rankOf(stage)) return;
  throw new UserError((t) => {
    const name = (slug: string) => t.stages[slug]?.name ?? slug;
    return t.profiles.refused.acceptsNobody(name(acceptsFrom), name(stage));
  });
}

function chosen(
  values: readonly string[],
  known: ReadonlyMap<string, unknown>,
  list: 'specialties' | 'languages' | 'topics',
  most: number,
): readonly string[] {
  const unique = [...new Set(values)];
  if (unique.length === 0 || unique.length > most || unique.some((value) => !known.has(value))) {
    throw new UserError((t) => t.profiles.refused.choose(t.profiles.form.labels[list], most));
  }
  return unique;
}
