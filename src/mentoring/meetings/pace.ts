import type { Pace } from '../../db/schema.ts';

/** Days between two meetings at a pace; undefined where the two meet when they need to. */
export const paceDays: Readonly<Record<Pace, number | undefined>> = {
  weekly: 7,
  'two-weeks': 14,
  monthly: 28,
  'when-needed': undefined,
};
