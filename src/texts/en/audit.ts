/** The record of what moderators did: one sentence for each act. */
import { stamp } from '../../marks.ts';
import { verification } from './verification.ts';
import { counted, list } from './words.ts';

/** What an entry knows beside who, when and to whom. Everything may be missing: entries outlive what they speak of. */
interface AuditDetail {
  readonly level?: string;
  readonly channel?: string;
  readonly role?: string | null;
  readonly everyone?: boolean;
  readonly at?: string | null;
  readonly repeats?: boolean;
  readonly kind?: string;
  readonly settings?: string;
  readonly requests?: number;
  readonly groups?: number;
  readonly wish?: string;
  /** A date of the journey, and the day that it has. */
  readonly date?: string;
  readonly day?: string;
  /** A statement of the guide or the road, by its name there. */
  readonly fact?: string;
  /** Whether an entry was brought back rather than written. */
  readonly restored?: boolean;
  /** What was done in a case, without its words. */
  readonly case?: string;
}

const settingNames: Readonly<Record<string, string>> = {
  zone: 'the time zone',
  mentor_verification: 'the verification of mentors',
  request_days: 'the days that requests wait',
  locale: 'the language of posts',
  match_week: 'the quiet of Match Week',
  reminder_hour: 'the hour of reminders',
  dates_channel_id: 'where dates that come nearer are posted',
  focus_at: 'whether a room for working beside one another opens each day',
  focus_hour: 'the hour of the daily room',
  office_hours: 'whether mentors offer office hours',
  office_events: 'whether office hours stand among the server’s events',
  study_events: 'whether study sessions stand among the server’s events',
  study_voice_channel_id: 'the voice channel of study sessions',
  study_forum_id: 'the forum of open study groups',
  match_post: 'the word of Match Week',
  match_share: 'whether lines are shared on Match Day',
  match_channel_id: 'the channel of Match Week',
  mentoring_channel_id: 'the mentoring channel',
  staff_channel_id: 'the staff channel',
  tips_channel_id: 'the tips channel',
  study_channel_id: 'the study channel',
  announcements_channel_id: 'the announcements channel',
  mentor_role_id: 'the mentor role',
  mentee_role_id: 'the mentee role',
  safety_role_id: 'who handles reports',
  hide_exam_content: 'whether exam content is taken away',
  case_days: 'the days that words of reports are kept',
  requests_a_week: 'the new requests of a mentor’s week',
  waiting_days: 'the days after which you hear who waits',
  content_mix: 'where posted tips and prompts come from',
  forms_weekly: 'whether study groups are formed each week',
  round_plan: 'when matching rounds begin',
  notify: 'the roles of /notify',
  panel: 'the panel for newcomers',
  exam_rule: 'the AutoMod rule against exam content',
};

const settings = ({ settings: names }: AuditDetail) =>
  list((names ?? '').split(' ').map((name) => settingNames[name] ?? name)) || 'the settings';

const where = ({ channel }: AuditDetail) => (channel === undefined ? '' : ` in <#${channel}>`);

const notified = ({ everyone, role }: AuditDetail) => {
  if (everyone) return ', notifying everyone';
  return role ? `, notifying <@&${role}>` : '';
};

const when = ({ at, repeats }: AuditDetail) => {
  if (repeats) return ', repeating';
  return at ? `, for ${stamp(at)}` : '';
};

const schedules: Readonly<Record<string, string>> = {
  tip: 'a schedule of tips',
  prompt: 'a schedule of study prompts',
  announcement: 'a recurring announcement',
};

const schedule = (detail: AuditDetail) => `${schedules[detail.kind ?? ''] ?? 'a schedule'}${where(detail)}`;

const entries: Readonly<Record<string, string>> = { tip: 'a tip', prompt: 'a study prompt' };

const entry = ({ kind }: AuditDetail) => entries[kind ?? ''] ?? 'a tip or prompt';

const suggestions: Readonly<Record<string, string>> = { tip: 'a suggested tip', prompt: 'a suggested study prompt' };

const suggestion = ({ kind }: AuditDetail) => suggestions[kind ?? ''] ?? 'a suggestion';

/** What a moderator wished of a pair, in a round that they look at. */
const wishes: Readonly<Record<string, string>> = {
  pinned: 'pinned this pair',
  forbidden: 'ruled out this pair',
  free: 'left this pair to matching again',
};

/** What a handler did, before "report …". */
const caseActs: Readonly<Record<string, string>> = {
  taken: 'took',
  asked: 'asked the reporter of',
  'wish-asked': 'asked the reporter to decide, in',
  removed: 'took somebody out of a study group, in',
  noted: 'noted something in',
  'handed-over': 'handed over',
  passed: 'passed to the owner',
  lifted: 'let the mentorship go on, in',
  ended: 'ended the mentorship, in',
  suspended: 'suspended the mentor, in',
  closed: 'closed',
  reopened: 'opened again',
};

export const audit = {
  command: {
    description: 'Who did what and when, among the moderators',
    member: 'Only what this member did, or what was done about them',
    action: 'Only this act',
  },
  title: 'What moderators did',
  /** @param days for how many each entry is kept. */
  empty: (days: number) =>
    `Nothing that matches was written down. Entries are kept for ${counted(days, 'day', 'days')}.`,
  page: (page: number, of: number) => `Page ${page} of ${of}`,
  entry: (at: string, actor: string, act: string) => `${at} · ${actor} ${act}`,
  /** @param code the same for everything that one of them did. */
  formerModerator: (code: string) => `a moderator who has left (${code})`,
  previous: 'Previous page',
  next: 'Next page',
  /** Names of acts, to choose from. */
  actions: {
    'announcement-posted': 'announcement posted',
    'announcement-scheduled': 'announcement scheduled',
    'announcement-edited': 'announcement changed',
    'announcement-cancelled': 'announcement called off',
    'mentor-verified': 'mentor verified',
    'mentor-declined': 'mentor declined',
    'mentor-suspended': 'mentor suspended',
    'mentee-suspended': 'mentee suspended',
    'mentee-lifted': 'mentee let again',
    'groups-previewed': 'study groups previewed',
    'groups-formed': 'study groups offered',
    'groups-discarded': 'study groups discarded',
    'group-closed': 'study group closed',
    'groups-merging': 'study groups asked to merge',
    'office-hour-called-off': 'office hours called off',
    'mentorship-ended': 'mentorship ended',
    'setup-changed': 'settings changed',
    'weights-changed': 'weights of matching changed',
    'round-previewed': 'round previewed',
    'round-published': 'round published',
    'round-discarded': 'round discarded',
    'schedule-added': 'schedule added',
    'schedule-edited': 'schedule changed',
    'schedule-paused': 'schedule paused',
    'schedule-resumed': 'schedule resumed',
    'schedule-removed': 'schedule removed',
    'schedule-run': 'schedule tried out',
    'content-added': 'tip or prompt added',
    'content-retired': 'tip or prompt retired',
    'content-approved': 'suggestion approved',
    'content-declined': 'suggestion declined',
    'date-announced': 'date announced',
    'date-moved': 'date moved',
    'date-withdrawn': 'date withdrawn',
    'date-checked': 'date read again',
    'claim-answered': 'claim answered',
    'claim-unclear': 'claim that nobody can tell',
    'answer-written': 'answer of the server written',
    'answer-removed': 'answer of the server taken out',
    'fact-checked': 'fact read again',
    'case-handled': 'report handled',
  },
  /** The same as sentences that follow a moderator's name. `about` is a mention of the member (or pair) whom it was done to. */
  acts: {
    'announcement-posted': (_about: string, detail: AuditDetail) =>
      `posted an announcement${where(detail)}${notified(detail)}`,
    'announcement-scheduled': (_about: string, detail: AuditDetail) =>
      `scheduled an announcement${where(detail)}${notified(detail)}${when(detail)}`,
    'announcement-edited': (_about: string, detail: AuditDetail) => `changed an announcement${where(detail)}`,
    'announcement-cancelled': (_about: string, detail: AuditDetail) => `called off an announcement${where(detail)}`,
    'mentor-verified': (about: string, { level }: AuditDetail) =>
      level ? `verified ${about} as ${verification.levelPhrase(level)}` : `verified the mentor ${about}`,
    'mentor-declined': (about: string) => `declined the mentor ${about}`,
    'mentor-suspended': (about: string) => `suspended the mentor ${about}`,
    'mentee-suspended': (about: string) => `suspended ${about} as a mentee`,
    'groups-previewed': () => 'looked at study groups that could be formed',
    'groups-discarded': () => 'discarded study groups that were formed',
    'groups-formed': (_about: string, { groups = 0 }: AuditDetail) =>
      `offered ${counted(groups, 'study group', 'study groups')}`,
    'group-closed': () => 'closed a study group',
    'groups-merging': () => 'proposed that two study groups become one',
    'office-hour-called-off': (about: string, { at }: AuditDetail) =>
      `called off office hours of ${about}${at ? `, ${stamp(at)}` : ''}`,
    'mentee-lifted': (about: string) => `let ${about} look for a mentor again`,
    'mentorship-ended': (about: string) => `ended the mentorship of ${about}`,
    'setup-changed': (_about: string, detail: AuditDetail) => `changed ${settings(detail)}`,
    'weights-changed': () => 'changed the weights of matching',
    'round-previewed': (about: string, { wish }: AuditDetail) =>
      wish === undefined ? 'previewed a matching round' : `${wishes[wish] ?? 'changed this pair'}: ${about}`,
    'round-published': (_about: string, { requests }: AuditDetail) =>
      `published a matching round${requests === undefined ? '' : ` (${counted(requests, 'request', 'requests')})`}`,
    'round-discarded': () => 'discarded a matching round',
    'schedule-added': (_about: string, detail: AuditDetail) => `added ${schedule(detail)}`,
    'schedule-edited': (_about: string, detail: AuditDetail) => `changed ${schedule(detail)}`,
    'schedule-paused': (_about: string, detail: AuditDetail) => `paused ${schedule(detail)}`,
    'schedule-resumed': (_about: string, detail: AuditDetail) => `resumed ${schedule(detail)}`,
    'schedule-removed': (_about: string, detail: AuditDetail) => `removed ${schedule(detail)}`,
    'schedule-run': (_about: string, detail: AuditDetail) => `tried out ${schedule(detail)}`,
    'content-added': (_about: string, detail: AuditDetail) =>
      `${detail.restored ? 'brought back' : 'added'} ${entry(detail)}`,
    'content-retired': (_about: string, detail: AuditDetail) => `retired ${entry(detail)}`,
    'content-approved': (_about: string, detail: AuditDetail) => `approved ${suggestion(detail)}`,
    'content-declined': (_about: string, detail: AuditDetail) => `declined ${suggestion(detail)}`,
    'date-announced': (_about: string, { date, day }: AuditDetail) => `announced the date ${date ?? ''}: ${day ?? ''}`,
    'date-moved': (_about: string, { date, day }: AuditDetail) => `moved the date ${date ?? ''} to ${day ?? ''}`,
    'date-withdrawn': (_about: string, { date }: AuditDetail) => `noted that the date ${date ?? ''} was withdrawn`,
    'date-checked': (_about: string, { date }: AuditDetail) => `read the date ${date ?? ''} again`,
    'claim-answered': () => 'answered whether something is true',
    'claim-unclear': () => 'noted that nobody can tell whether something is true',
    'answer-written': () => 'wrote an answer of this server for the guide',
    'answer-removed': () => 'took an answer of this server out of the guide',
    'fact-checked': (_about: string, { fact }: AuditDetail) => `read a fact again: ${fact ?? ''}`,
    'case-handled': (about: string, { case: act }: AuditDetail) =>
      `${caseActs[act ?? ''] ?? 'did something in'} report ${about}`,
  },
};
