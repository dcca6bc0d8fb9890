/** People at the same point, as a line and a button below what a mentee reads. */
import type { APIButtonComponentWithCustomId } from 'discord.js';
import { findProfile } from '../../db/profiles.ts';
import { button } from '../../discord/buttons.ts';
import { keys } from '../../discord/keys.ts';
import { topicAt } from '../../study/topics.ts';
import type { Setting } from './scene.ts';

interface Peers {
  readonly lines: readonly string[];
  readonly buttons: readonly APIButtonComponentWithCustomId[];
}

export const noPeers: Peers = { lines: [], buttons: [] };

/** Groups of people at a mentee's stage, where the server has a place for groups. */
export async function peersOf({ ctx, guild, t }: Setting, menteeId: string): Promise<Peers> {
  if (guild.study_channel_id === null) return noPeers;
  const profile = await findProfile(ctx.db, guild.id, menteeId, 'mentee');
  const topic = profile && topicAt(profile.stage);
  if (!topic) return noPeers;
  return {
    lines: [t.peers.beside(t.study.topicNames[topic])],
    buttons: [button([keys.study.look, topic], t.peers.button)],
  };
}
