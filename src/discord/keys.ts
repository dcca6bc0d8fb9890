/**
 * The keys of custom ids: one object per command, every key beginning with the command's name. A component carries its
 * key for as long as its message stands, so a key that was released keeps its meaning, or moves to `formerKeys`.
 */
export const keys = {
  announce: {
    post: 'announce-post',
    everyone: 'announce-everyone',
    edit: 'announce-edit',
    discard: 'announce-discard',
    cancel: 'announce-cancel',
    list: 'announce-list',
    open: 'announce-open',
    page: 'announce-page',
    form: 'announce-form',
  },
  audit: { page: 'audit-page' },
  content: {
    confirm: 'content-confirm',
    redraft: 'content-redraft',
    discard: 'content-discard',
    retire: 'content-retire',
    restore: 'content-restore',
    page: 'content-page',
    approve: 'content-approve',
    edit: 'content-edit',
    decline: 'content-decline',
    suggested: 'content-suggested',
    addForm: 'content-form',
    redraftForm: 'content-redraft-form',
    editForm: 'content-edit-form',
    declineForm: 'content-decline-form',
  },
  help: { open: 'help-open' },
  home: { open: 'home-open', what: 'home-what' },
  inbox: { open: 'inbox-open', read: 'inbox-read', page: 'inbox-page' },
  mentor: {
    find: 'mentor-find',
    requests: 'mentor-requests',
    request: 'mentor-request',
    requestForm: 'mentor-request-form',
    waitlist: 'mentor-waitlist',
    waitlistLeave: 'mentor-waitlist-leave',
    accept: 'mentor-accept',
    decline: 'mentor-decline',
    declineForm: 'mentor-decline-form',
    withdraw: 'mentor-withdraw',
    pause: 'mentor-pause',
  },
  mentors: {
    verify: 'mentors-verify',
    decline: 'mentors-decline',
    verifyForm: 'mentors-verify-form',
    declineForm: 'mentors-decline-form',
    queue: 'mentors-queue',
    page: 'mentors-page',
    showPairs: 'mentors-show-pairs',
    pairs: 'mentors-pairs',
    pairEnd: 'mentors-pair-end',
    pairEndNow: 'mentors-pair-end-now',
    pairKeep: 'mentors-pair-keep',
  },
  mentorship: { show: 'mentorship-show', end: 'mentorship-end', keep: 'mentorship-keep' },
  notify: { open: 'notify-open', choose: 'notify-choose', offer: 'notify-offer' },
  profile: {
    show: 'profile-show',
    edit: 'profile-edit',
    editOwn: 'profile-edit-own',
    pause: 'profile-pause',
    resume: 'profile-resume',
    export: 'profile-export',
    deletion: 'profile-deletion',
    delete: 'profile-delete',
    keep: 'profile-keep',
    privacy: 'profile-privacy',
    away: 'profile-away',
    deleteAway: 'profile-delete-away',
  },
  register: {
    door: 'register-door',
    zoneForm: 'register-zone-form',
    zone: 'register-zone',
    agree: 'register-agree',
    form: 'register-form',
  },
  round: {
    publish: 'round-publish',
    publishNow: 'round-publish-now',
    back: 'round-back',
    discard: 'round-discard',
    recompute: 'round-recompute',
    cancel: 'round-cancel',
    pairs: 'round-pairs',
    pairsPage: 'round-pairs-page',
    wish: 'round-wish',
    keep: 'round-keep',
  },
  schedule: { run: 'schedule-run', remove: 'schedule-remove', keep: 'schedule-keep' },
  setup: {
    door: 'setup-door',
    doorForm: 'setup-door-form',
    doorZone: 'setup-door-zone',
    showCheck: 'setup-show-check',
    checkAgain: 'setup-check',
    useWeights: 'setup-weights',
    keepWeights: 'setup-weights-keep',
  },
  support: { show: 'support-show', card: 'support-card' },
  tip: {
    show: 'tip-show',
    suggest: 'tip-suggest',
    another: 'tip-another',
    suggestForm: 'tip-suggest-form',
    points: 'tip-points',
    done: 'tip-done',
    takeBack: 'tip-take-back',
  },
} as const;

type Commands = typeof keys;
/** Every key there is: what a custom id may begin with. */
export type Key = { [Name in keyof Commands]: Commands[Name][keyof Commands[Name]] }[keyof Commands];

/**
 * Keys whose arguments tell the guild already, also of somebody who has left it: below a direct message Discord is not
 * asked first whether they are there.
 */
export const ownPlace: ReadonlySet<string> = new Set<Key>([
  keys.mentor.accept,
  keys.mentor.decline,
  keys.mentor.declineForm,
  keys.mentor.withdraw,
  keys.mentor.pause,
  keys.profile.away,
  keys.profile.deleteAway,
]);

/** Keys that older messages still carry, and the keys that they mean now. */
export const formerKeys: Readonly<Record<string, Key>> = {
  'find-mentor': keys.mentor.find,
  'find-request': keys.mentor.request,
  'find-waitlist': keys.mentor.waitlist,
  'find-waitlist-leave': keys.mentor.waitlistLeave,
  'request-accept': keys.mentor.accept,
  'request-decline': keys.mentor.decline,
  'request-withdraw': keys.mentor.withdraw,
  'request-pause': keys.mentor.pause,
  'request-form': keys.mentor.requestForm,
  'request-decline-form': keys.mentor.declineForm,
  'prompt-points': keys.tip.points,
  'prompt-done': keys.tip.done,
  'prompt-take-back': keys.tip.takeBack,
};
