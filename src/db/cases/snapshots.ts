import { z } from 'zod';

/** A message as it was when it was reported: what stands in it may be changed or deleted. */
const snapshots = z.object({
  text: z.string(),
  authorId: z.string(),
  channelId: z.string(),
  messageId: z.string(),
  at: z.string(),
  /** By name: their links stop working within a day. */
  files: z.array(z.string()),
  /** A question whose author stays unknown to whoever reports it. */
  unnamed: z.literal(true).optional(),
});
export type Snapshot = z.output<typeof snapshots>;

/** A stored snapshot, read. */
export function readSnapshot(stored: string): Snapshot {
  return snapshots.parse(JSON.parse(stored));
}
