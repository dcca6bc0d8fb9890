import { listAnnouncedChannels, type Sight } from '../../db/announcements.ts';
import type { Db } from '../../db/open.ts';
import type { Poster } from './reach.ts';

/** Which of a guild's announcements somebody is shown, by their channels: as `seesAnnouncement` says of one. */
export async function sightOf(db: Db, by: Poster): Promise<Sight> {
  const all = (await listAnnouncedChannels(db, by.guildId)).map(({ channel_id: id, parent_id: parentId }) => {
    const sees = by.sees(id, parentId);
    return { id, sees: sees ?? by.seesAll, isGone: sees === undefined };
  });
  const gone = all.filter(({ sees, isGone }) => !sees && isGone);
  return {
    channelIds: all.filter(({ sees }) => sees).map(({ id }) => id),
    own: { userId: by.userId, channelIds: gone.map(({ id }) => id) },
  };
}
