import type { ProcessesTables } from '../schema/processes.ts';
import type { PrivacyOf } from './columns.ts';

export const processesPrivacy: PrivacyOf<ProcessesTables> = {
  handled: { id: 'plain', at: 'plain' },
  pace: {},
  identifies: {},
  processes: { id: 'plain', shards: 'plain', started_at: 'plain', seen_at: 'plain' },
};
