import type { OfficeHoursTables } from '../schema/office-hours.ts';
import type { PrivacyOf } from './columns.ts';

export const officeHoursPrivacy: PrivacyOf<OfficeHoursTables> = {
  office_hours: {
    id: 'plain',
    guild_id: 'plain',
    mentor_id: 'person',
    topic: 'words',
    channel_id: 'plain',
    starts_at: 'plain',
    ends_at: 'plain',
    state: 'plain',
    off_why: 'plain',
    step: 'plain',
    step_at: 'plain',
    created_at: 'plain',
    closed_at: 'plain',
  },
  office_people: {
    hour_id: 'plain',
    user_id: 'person',
    guild_id: 'plain',
    state: 'plain',
    since: 'plain',
    here_at: 'plain',
  },
  office_questions: {
    id: 'plain',
    hour_id: 'plain',
    user_id: 'person',
    guild_id: 'plain',
    words: 'words',
    asked_at: 'plain',
  },
};
