/** A time during which a zone keeps its distance from UTC. In minutes: since 1970, and ahead of UTC. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const minuteMs = 60_000;
const week = 7 * 24 * 60;

/**
 * Pure, by the rules of zones that the machine carries: the stretches of a zone that lie in a time, in order and without
 * gaps. No zone changes its clock twice within a week.
 * @param from whole minutes since 1970, as `until`.
 * @throws RangeError for a zone that does not exist.
 */
export function stretchesOf(zone: string, from: number, until: number): readonly Stretch[] {
  const offsetAt = offsetsOf(zone);
  const stretches: Stretch[] = [];
  let begin = from;
  let offset = offsetAt(from);
  for (let at = from; at < until;) {
    const next = Math.min(at + week, until);
    const after = offsetAt(next);
    if (after !== offset) {
      let [before, changed] = [at, next];
      while (changed - before > 1) {
        const middle = Math.floor((before + changed) / 2);
        if (offsetAt(middle) === offset) before = middle;
        else changed = middle;
      }
      if (changed < until) {
        stretches.push({ from: begin, until: changed, offset });
        begin = changed;
        offset = after;
      }
    }
    at = next;
  }
  stretches.push({ from: begin, until, offset });
  return stretches;
}

/** Minutes ahead of UTC at a minute since 1970. */
function offsetsOf(zone: string): (minute: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (minute) => {
    const name = format.formatToParts(minute * minuteMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? [];
    return sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  };
}
