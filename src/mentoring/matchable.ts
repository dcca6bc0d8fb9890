/** Turns profiles into what matching works on. */
import { anotherSpecialty, languages, rankOf, specialties, topics, undecided } from '../content/index.ts';
import { offsetMinutes } from '../content/zones/index.ts';
import type { Guild } from '../db/guilds.ts';
import type { Member } from '../db/members.ts';
import { isRefused } from '../guild/standing.ts';
import type { MentorProfile, Profile } from '../db/profiles.ts';
import {
  type Catalogue,
  isWeights,
  type Mentee,
  type Mentor,
  type Part,
  usualWeights,
  type Weights,
} from '../matching/index.ts';

/** The lists that profiles choose from, as matching wants them. */
export const catalogue: Catalogue = {
  families: new Map(specialties.flatMap(({ id, family }) => (id === anotherSpecialty ? [] : [[id, family] as const]))),
  languages: languages.toSorted((a, b) => Number(b.often) - Number(a.often)).map(({ id }) => id),
  topics: topics.map(({ id }) => id),
  usualLanguage: 'en',
  undecided,
};

/**
 * By which weights a guild's members are matched.
 * @throws Error when what is stored are no weights: only `weights.ts` writes them.
 */
export function weightsOf({ weights }: Pick<Guild, 'weights'>): Weights {
  if (weights === null) return usualWeights;
  const stored: unknown = JSON.parse(weights);
  if (!isWeights(stored)) throw new Error('a guild has weights that are none');
  return stored;
}

/** For how many days a request to a mentor counts as lately, when two fit alike. */
export const latelyDays = 30;

/** What a mentor has on their hands. */
interface MentorLoad {
  /** Places taken. */
  readonly mentees: number;
  /** Requests received lately. */
  readonly requestsLately: number;
  /** When they last got a mentee, in epoch milliseconds; when they registered, if never. */
  readonly waitingSince: number;
}

/** A mentor as matching sees them at this moment (epoch milliseconds; it decides the zone's offset). */
export function mentorOf(profile: MentorProfile, load: MentorLoad, atMs: number): Mentor {
  return {
    id: profile.user_id,
    stageRank: rankOf(profile.stage),
    specialties: profile.specialties.filter((id) => id !== anotherSpecialty),
    languages: profile.languages,
    topics: profile.topics,
    offsetMinutes: offsetMinutes(profile.zone, atMs),
    country: profile.country ?? undefined,
    active: profile.state === 'active' && !isRefused(profile),
    verified: profile.verification === 'verified',
    capacity: profile.capacity,
    acceptsFromRank: profile.accepts_from === null ? 0 : rankOf(profile.accepts_from),
    ...load,
  };
}

/** Anybody of such a stage who speaks these languages, as the rules see them. */
export function menteeLike({ stage, languages }: Pick<Profile, 'stage' | 'languages'>): Mentee {
  const nothing = { specialties: [], topics: [], offsetMinutes: 0, country: undefined };
  return { id: '', stageRank: rankOf(stage), languages, active: true, ...nothing };
}

/** A mentee as matching sees them at this moment (epoch milliseconds). */
export function menteeOf(
  profile: Profile,
  member: Pick<Member, 'zone' | 'country' | 'shows_country'>,
  atMs: number,
): Mentee {
  return {
    id: profile.user_id,
    stageRank: rankOf(profile.stage),
    specialties: profile.specialties.filter((id) => id !== anotherSpecialty),
    languages: profile.languages,
    topics: profile.topics,
    offsetMinutes: offsetMinutes(member.zone, atMs),
    country: member.shows_country === 1 ? (member.country ?? undefined) : undefined,
    active: profile.state === 'active' && !isRefused(profile),
    // A slug from a menu; one that matching does not know would weigh nothing.
    priority: (profile.priority ?? undefined) as Part | undefined,
  };
}
