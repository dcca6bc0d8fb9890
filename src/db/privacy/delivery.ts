import type { DeliveryTables } from '../schema/delivery.ts';
import type { PrivacyOf } from './columns.ts';

export const deliveryPrivacy: PrivacyOf<DeliveryTables> = {
  notices: {
    id: 'plain',
    guild_id: 'plain',
    kind: 'plain',
    user_id: 'person',
    subject_id: 'plain',
    detail: 'person',
    dedupe_key: 'person',
    state: 'plain',
    due_at: 'plain',
    claimed_until: 'plain',
    unsure_since: 'plain',
    tried_in: 'plain',
    channel_id: 'plain',
    message_id: 'plain',
    delivered_at: 'plain',
    problem: 'plain',
    created_at: 'plain',
    looked_at: 'plain',
  },
};
