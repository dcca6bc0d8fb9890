/**
 * How much one person may do: generous for whoever clicks along, little for a program that acts in their name. Counted in
 * memory, since what was done before a start costs nobody anything after it, and by a clock that nobody sets.
 */
import type { BaseInteraction } from 'discord.js';
import type { Config } from '../config.ts';

/** A bound: so much at once, and then so much a second. */
export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

/** Counts, key by key, what was taken of a bound; what is not used comes back with time. */
export class Buckets {
  readonly #rate: Rate;
  readonly #now: () => number;
  /** By key: when it will have all of it again, in milliseconds. */
  #full = new Map<string, number>();
  /** Those of a while ago: whoever is in neither has all of it. */
  #before = new Map<string, number>();
  #since: number;

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
    this.#since = now();
  }

  /** Takes one. Returns 0, or in how many milliseconds there is one again: then nothing was taken. */
  take(key: string): number {
    const now = this.#now();
    const [eachMs, allMs] = [1_000 / this.#rate.perSecond, (this.#rate.atOnce * 1_000) / this.#rate.perSecond];
    if (now - this.#since > allMs) {
      [this.#before, this.#full, this.#since] = [this.#full, new Map(), now];
    }
    const full = Math.max(now, this.#full.get(key) ?? this.#before.get(key) ?? now) + eachMs;
    if (full - now > allMs) return Math.ceil(full - now - allMs);
    this.#full.set(key, full);
    return 0;
  }

  /** Gives back what was taken last. */
  giveBack(key: string): void {
    const full = this.#full.get(key);
    if (full !== undefined) this.#full.set(key, full - 1_000 / this.#rate.perSecond);
  }
}

/** Each keystroke in an option is a search, so typing has a wider bound and exceeding it is silent. */
const typedAtOnce = 5;
/** Whoever is in several servers may do this many times as much in all. */
const inAll = 2;

/** The bounds of one person. */
class Bounds {
  readonly #ofGuild: Buckets;
  readonly #ofAll: Buckets;

  constructor({ atOnce, perSecond }: Rate) {
    this.#ofGuild = new Buckets({ atOnce, perSecond });
    this.#ofAll = new Buckets({ atOnce: atOnce * inAll, perSecond: perSecond * inAll });
  }

  take({ guildId, user }: BaseInteraction): number {
    const key = `${guildId}:${user.id}`;
    const ofGuild = this.#ofGuild.take(key);
    if (ofGuild > 0) return ofGuild;
    const ofAll = this.#ofAll.take(user.id);
    if (ofAll > 0) this.#ofGuild.giveBack(key);
    return ofAll;
  }
}

const ofConfig = new WeakMap<Config, { readonly acts: Bounds; readonly typing: Bounds }>();

/**
 * Counts an act of the person behind an interaction.
 * @returns 0, or in how many milliseconds they may act again: then it is not to be done.
 */
export function countAct(config: Config, interaction: BaseInteraction): number {
  if (config.actsAtOnce === 0) return 0;
  let bounds = ofConfig.get(config);
  if (!bounds) {
    // All of it is there again after a minute.
    const acts = { atOnce: config.actsAtOnce, perSecond: config.actsAtOnce / 60 };
    const typing = { atOnce: acts.atOnce * typedAtOnce, perSecond: acts.perSecond * typedAtOnce };
    ofConfig.set(config, (bounds = { acts: new Bounds(acts), typing: new Bounds(typing) }));
  }
  return (interaction.isAutocomplete() ? bounds.typing : bounds.acts).take(interaction);
}
