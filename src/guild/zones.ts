import { understandZone } from '../content/zones/index.ts';
import { UserError } from '../errors.ts';
import { clip, withoutDirectionControls } from '../marks.ts';
import { epochMs, type Instant } from '../time.ts';

/** So much of what was typed is said back. */
const repeated = 100;
/** More clocks to choose from are no help in a message; the list while typing has them all. */
const shown = 12;

/**
 * Pure: the IANA zone that a person chose, or typed in words of their own.
 * @throws UserError that shows the clocks it can mean, or says that it means none: nothing is guessed.
 */
export function requireZone(typed: string, now: Instant): string {
  const understood = understandZone(typed, epochMs(now));
  if (understood.is === 'zone') return understood.zone;
  // What Discord would read as markup has no place in the name of a place.
  const said = clip(withoutDirectionControls(typed.trim()).replaceAll(/[`*~|<>\\[\]]/g, ''), repeated);
  throw new UserError((t) =>
    understood.is === 'several'
      ? t.zones.several(said, understood.choices.slice(0, shown), Math.max(understood.choices.length - shown, 0))
      : t.zones.unknown(said, understood.like),
  );
}
