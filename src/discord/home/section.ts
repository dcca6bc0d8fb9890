import type { APIButtonComponentWithCustomId, APIButtonComponentWithURL } from 'discord.js';
import type { Guild as Settings } from '../../db/guilds.ts';
import type { Acting } from '../../guild/acting.ts';
import type { ActContext } from '../command.ts';
import type { Place } from '../place.ts';

/** Somebody who opens their home, and where. */
export interface Visit extends Acting {
  readonly ctx: ActContext;
  readonly place: Place;
  readonly settings: Settings;
  readonly isModerator: boolean;
  /** Whether they handle reports, as far as Discord sent it along. */
  readonly handlesReports: boolean;
  /** A member's name where it is known without asking Discord. */
  readonly nameOf: (userId: string) => string | undefined;
}

export type HomeButton = APIButtonComponentWithCustomId | APIButtonComponentWithURL;

/** A part of somebody's home: what stands there for them now, and a button for each next step. */
export interface Part {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly buttons: readonly HomeButton[];
}

/**
 * What an area has for somebody's home: nothing where nothing of it concerns them. It only reads, asks Discord nothing,
 * and names no command: in direct messages there are none.
 */
export type Section = (visit: Visit) => Promise<readonly Part[]>;
