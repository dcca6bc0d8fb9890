import { findZone, searchZones } from '../../content/zones.ts';
import { UserError } from '../../errors.ts';
import { epochMs, type Instant } from '../../time.ts';

/** How many zones to suggest where what was typed is none. */
const suggestions = 3;
/** A shorter beginning is shared by zones that have nothing to do with each other. */
const shortestBeginning = 3;
/** No zone's name begins with more; each length is a search of its own. */
const longestTried = 30;

/**
 * Pure: the IANA zone that a person typed or chose.
 * @throws UserError that names the nearest zones when there is no such zone: choosing is only offered by the client.
 */
export function requireZone(typed: string, now: Instant): string {
  const zone = findZone(typed);
  if (zone !== undefined) return zone;
  throw new UserError((t) => t.profiles.refused.zone(nearestZones(typed, now)));
}

/** Zones whose names begin with as much of what was typed as possible. */
function nearestZones(typed: string, now: Instant): { name: string; value: string }[] {
  const wanted = typed.trim().slice(0, longestTried);
  for (let length = wanted.length; length >= shortestBeginning; length -= 1) {
    const found = searchZones(wanted.slice(0, length), epochMs(now), suggestions);
    if (found.length > 0) return found;
  }
  return searchZones('', epochMs(now), suggestions);
}
