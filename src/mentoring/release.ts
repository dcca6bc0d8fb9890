import type { Context } from '../context.ts';
import type { Trx } from '../db/open.ts';

export async function releaseMember(
  _ctx: Context,
  _trx: Trx,
  _member: { guildId: string; userId: string; why: 'left' },
): Promise<void> {}
