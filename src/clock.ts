/**
 * Tells the time, and whether it is safe to act on. A machine's clock can be off by minutes or by years, so nothing is
 * purged, expired, ended or skipped until Discord confirms the time, or the clock has run steadily for a day.
 */
import type { Clock, Instant } from './time.ts';

/** This far the clock may be from Discord's, and from how much time can have passed, in milliseconds. */
const toleranceMs = 2 * 60_000;
/** A confirmation holds for this long, then Discord is asked again. A clock drifts by less than a minute a day. */
const confirmedMs = 3_600_000;
/** A clock that gave no reading of its own going holds without being asked for so long, as between two heartbeats. */
const unwatchedMs = 10 * 60_000;
/** How long a clock must run steadily before it is believed without Discord. */
const steadyMs = 24 * 3_600_000;

/** Discord's time in milliseconds since 1970; undefined where it cannot be learned. */
type AskDiscord = () => Promise<number | undefined>;

/** The time that everything goes by. */
export interface Timekeeper {
  /** The clock's time, or Discord's where the clock is wrong. */
  readonly now: () => Instant;
  /** Whether that time is confirmed: what destroys, ends or skips by it asks first. */
  readonly isSure: () => boolean;
  /** Called at each heartbeat, before anything is done by the time: asks Discord where there is a doubt. */
  readonly confirm: (ask: AskDiscord) => Promise<void>;
  /**
   * Called when something is asked of Discord. What it returns is given the time that the answer says: it confirms ours,
   * or raises a doubt that the next `confirm` settles. An answer that was long under way does neither.
   */
  readonly listen: () => (discordMs: number) => void;
  /** By how much the clock is wrong, in milliseconds; 0 while it is right. */
  readonly errorMs: () => number;
}

/** A moment at which the time was known. */
interface Known {
  readonly trueMs: number;
  readonly clockMs: number;
  readonly steadyMs: number | undefined;
}

/** Keeps the time by a clock. The clock's `steadyMs`, where it has one, tells a jump at once. */
export function createTimekeeper(clock: Clock): Timekeeper {
  let known: Known | undefined;
  let hasDoubt = true;
  /** The reading of the last heartbeat, and for how long the clock has gone steadily since. */
  let beat: Known | undefined;
  let steadyFor = 0;

  const read = (trueMs?: number): Known => {
    const clockMs = clock.now().epochMilliseconds;
    return { trueMs: trueMs ?? clockMs, clockMs, steadyMs: clock.steadyMs?.() };
  };

  /** How much time has passed between two readings, where that is known apart from the clock itself. */
  const passed = (from: Known, to: Known): number | undefined =>
    from.steadyMs === undefined || to.steadyMs === undefined ? undefined : to.steadyMs - from.steadyMs;

  const hasJumped = (from: Known, to: Known, unwatched: number): boolean => {
    const byClock = to.clockMs - from.clockMs;
    const really = passed(from, to);
    if (really === undefined) return byClock < -toleranceMs || byClock > unwatched;
    return Math.abs(byClock - really) > toleranceMs;
  };

  const nowMs = (): number => {
    const here = read();
    if (!known) return here.clockMs;
    const error = errorOf(known);
    if (!hasJumped(known, here, unwatchedMs)) return here.clockMs - error;
    const really = passed(known, here);
    // Where nothing says how much time has passed, the clock is all there is; what counts waits for `isSure`.
    return really === undefined ? here.clockMs : known.clockMs - error + really;
  };

  const isSure = (): boolean => known !== undefined && !hasDoubt && !hasJumped(known, read(), unwatchedMs);

  const isDue = (): boolean => {
    if (!isSure() || !known || errorOf(known) !== 0) return true;
    const here = read();
    return (passed(known, here) ?? here.clockMs - known.clockMs) > confirmedMs;
  };

  const learn = (reading: Known): void => {
    known = reading;
    hasDoubt = false;
    steadyFor = 0;
  };

  return {
    now: () => new Date(nowMs()).toISOString(),
    isSure,
    errorMs: () => (known ? errorOf(known) : 0),

    listen: () => {
      const askedMs = nowMs();
      return (discordMs) => {
        const heardMs = nowMs();
        if (Math.abs(discordMs - heardMs) <= toleranceMs) learn(read(discordMs));
        else if (discordMs < askedMs - toleranceMs || discordMs > heardMs) hasDoubt = true;
      };
    },

    confirm: async (ask) => {
      const before = read();
      const last = beat;
      beat = before;
      // A clock that was wrong is in doubt also when it comes by the right time again.
      if (known && hasJumped(known, before, unwatchedMs)) hasDoubt = true;
      if (!isDue()) return;
      const discordMs = await ask();
      const after = read();
      // A clock that moved while Discord was asked says nothing; the next heartbeat asks again.
      if (discordMs !== undefined && !hasJumped(before, after, unwatchedMs))
        return learn({ ...after, trueMs: discordMs });
      if (isSure()) return;
      const isSteady = last !== undefined && !hasJumped(last, before, unwatchedMs);
      steadyFor = isSteady ? steadyFor + (passed(last, before) ?? before.clockMs - last.clockMs) : 0;
      if (steadyFor >= steadyMs) learn(read());
    },
  };
}

/** By how much the clock was wrong then; what is within the tolerance counts as right. */
function errorOf({ trueMs, clockMs }: Known): number {
  const error = clockMs - trueMs;
  return Math.abs(error) > toleranceMs ? error : 0;
}
