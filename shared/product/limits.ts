import { attendanceLimits } from './attendance-limits.ts';
import { checkInLimits } from './check-in-limits.ts';
import { leagueLimits } from './league-limits.ts';
import { missionLimits } from './mission-limits.ts';
import { recordLimits } from './record-limits.ts';

/** Every number that a rule of the product names, with the row of the feature list that it comes from. */
export const limits = {
  /** Row 1. */
  /** `triesInFlood`: so many tries while strangers flood the address (`fairUse.mailToAddress`). */
  emailCode: { digits: 6, lifeSeconds: 300, tries: 5, triesInFlood: 1, resendSeconds: 60 },
  /** Row 2. */
  ticketSeconds: { REGISTER: 3600, PASSWORD: 600, EMAIL: 600, LEAVE: 600, MAIL: 600, SOCIAL: 3600, SOCKET: 60 },
  /** Row 8. */
  accessTokenSeconds: 900,
  refreshTokenSeconds: 14 * 86_400,
  /**
   * Seconds for which a client without a device token may use the previous token once more, in case the answer with the new
   * token was lost.
   */
  refreshGraceSeconds: 60,
  devices: 5,
  /** Row 162: days after a sign-in at which its session ends, and seconds for which an administrator may administer. */
  sessionDays: 90,
  administratorSeconds: 12 * 3600,
  /** Row 162: seconds for which a proof counts; that a challenge for a passkey lives; that a signature takes to come back. */
  proof: { seconds: 300, challengeSeconds: 300 },
  passkeys: { most: 10, name: 40 },
  /** RFC 6238: one code for 30 seconds, and one before and after for clocks that differ. */
  totp: { digits: 6, stepSeconds: 30, stepsAround: 1 },
  recoveryCodes: 10,
  /** Row 162: days that a change of address can be undone from the old one; that the history of sign-ins is kept. */
  /** Minutes after a sign-up during which a sign-in on a new device is not told. */
  firstSignInMinutes: 10,
  undoEmailDays: 7,
  signInHistoryDays: 90,
  suspension: { reason: 500, mostDays: 3650 },
  /** Characters of the name that a person gives to a device. */
  deviceName: 60,
  /** Rows 4, 5. */
  password: { min: 8, max: 64 },
  nickname: { min: 2, max: 20 },
  /** Row 3. */
  loginId: { min: 4, max: 20 },
  /** Rows 15-17. */
  introduction: 500,
  website: 500,
  /** Characters of a link as it is stored, where each byte of another script than Latin takes three. */
  linkStored: 2000,
  /** Characters of a code as it is typed, with spaces and hyphens. */
  typedCode: 64,
  avatars: 8,
  earliestBirthDate: '1900-01-01',
  /**
   * Row 16: the maximum number of pixels to decode, pixels of the results, and seconds after which an image is given
   * up.
   */
  picture: { maxPixels: 50_000_000, longestSide: 1024, thumbnailSide: 256, isSquare: true, seconds: 15 },
  /**
   * Row 118: likewise of the photos of certifications. Nobody waits for them in a request, so they may take longer.
   * `retrySeconds`: about how long a photo takes from the request until it is decoded. `giveUpSeconds`: after how long one that
   * makes its thread fail counts as broken.
   */
  photo: {
    ...{ maxPixels: 50_000_000, longestSide: 1600, thumbnailSide: 480, isSquare: false, seconds: 60 },
    retrySeconds: 5,
    giveUpSeconds: 3600,
  },
  withdrawReason: 500,
  /** Row 13: days after which a rejected account is erased. */
  rejectedDays: 30,
  /** Row 7: seconds from the first step at the provider to the last. */
  socialSignInSeconds: 600,
  /** Row 19. */
  push: {
    tries: 3,
    pauseMs: 1000,
    devices: 10,
    /**
     * Milliseconds for one try, for all devices of one person, and for all messages of one event. Anything left after
     * that is given up.
     */
    timeoutMs: 3000,
    personMs: 5000,
    eventMs: 20_000,
    /** Seconds for which a push service keeps a message that it cannot deliver. */
    ttlSeconds: 86_400,
    /** After so many failures in a row, a service is not called for so many seconds. */
    circuit: { failures: 6, seconds: 30 },
    /** Characters of a text that a push message shows. */
    text: 200,
    /** Row 159: days without a receipt after which a person is told that messages do not arrive. */
    silentDays: 3,
  },
  blocks: 500,
  /** Row 121. */
  exportSeconds: 86_400,
  /** Row 21. */
  group: {
    title: 50,
    description: 1000,
    promise: 100,
    rule: 100,
    customCategory: 10,
    tags: 3,
    files: 5,
    recruit: { title: 100, target: 200, process: 1000, info: 1000 },
    /** Row 48. */
    notice: 1000,
  },
  /** Row 25: seats in any group; by kind of group; and in a team that has paid. */
  seats: [2, 500],
  capacity: {
    CHALLENGE: [2, 50],
    STUDY: [2, 50],
    OPEN_ROOM: [2, 10],
    PRIVATE_GROUP: [2, 50],
    TEAM: [2, 20],
    CLUB: [2, 500],
  },
  paidTeamSeats: 200,
  /**
   * Rows 33-35. `candidates`: groups read for one page at a time (the most that one request reads). `entries`: entries of a
   * list or word examined at a time. `pagingSeconds`: how long a list stays pageable as it was at the first page.
   * `settleMs`: after how long a move becomes visible.
   */
  search: { text: [1, 50], candidates: 100, entries: 250, pagingSeconds: 3600, settleMs: 5000 },
  /** Row 42: certifications are accepted until this many days after the group's last day. */
  openDaysAfterEnd: 1,
  ...checkInLimits,
  ...missionLimits,
  ...recordLimits,
  ...attendanceLimits,
  ...leagueLimits,
  /** People with an open page who are told at once that something has changed; the others see it when they ask. */
  watchers: 200,
  /** Memberships, present and past, that are read at once: a club of 500 is one request of less than 1 MB. */
  membersAtOnce: 1000,
  /** What waits for a decision in a group is counted up to this number; clients show at most "99+". */
  waiting: 100,
  /** Groups whose queues are shown together, and memberships among which they are looked for: four items of each, with session and account, are one request. */
  queueGroups: 24,
  queueMemberships: 200,
  /** Entries of the queue on a page: three items of each are one request of a hundred. */
  queuePage: 33,
  /** Of the page of a group: members at first, missions, and the own certifications of a week. */
  membersShown: 50,
  missionsShown: 50,
  ownWeek: 100,
  /** Members on a page of who has done a mission: all of any group but a club. */
  statusPage: 50,
  /** Weeks of members that are read of a wall at once: a month of a group of 500, in one request of 1 MB. */
  wallWeeks: 3000,
  /** Groups whose relation to a person is asked for at once: a page of a list. */
  relations: 50,
  decisionReason: 500,
  /** Row 38: approvals that an administrator decides in one request. */
  approvalsAtOnce: 50,
  /** Row 38: administrators that are notified of what waits for approval. */
  administratorsTold: 50,
  /** Row 28. */
  application: 500,
  /** Row 15: characters of the texts of a club profile; its levels. */
  clubProfile: { level: { min: 1, max: 10 }, homeGym: 50, realName: { min: 2, max: 4 } },
  /** Row 47. */
  warnings: { reason: 200, toKick: 3 },
  /** Row 125: managers of a group. Each of them is notified of everything that waits for a decision. */
  managers: 20,
  /** Row 39: days between disbanding and deletion, and between deletion and the removal of all traces. */
  disbanding: { graceDays: 3, purgeDays: 30 },
  /**
   * Row 125: days after which members may ask for another leader, a silent leader is warned, and the leader is
   * replaced.
   */
  silence: { askDays: 14, warnDays: 21, graceDays: 7 },
  /** Row 30. */
  inviteLinkDays: { usual: 7, most: 30 },
  /**
   * Rows 111, 144, 146. Hours are those of the clock in the group's zone. Moments within `mergeMinutes` are one reminder. A
   * moment that is worked later than `lateMinutes` says nothing: whoever is reminded at night is not helped. `brokenHours`: an
   * entry that is so late has been put aside. `named`: missions that one reminder names.
   */
  reminders: {
    ...{ dailyAt: '20:00', eveAt: '06:00', dueDayAt: '12:00', groupEndsInDays: 3 },
    ...{ mergeMinutes: 10, lateMinutes: 60, brokenHours: 3, named: 5, groupsAtOnce: 100 },
    ...{ unansweredDays: 3, weeks: 3, ownADay: 3, own: 50, sentence: 100 },
  },
  /** Row 112: characters of a text, how many there are at most, and for how long a function remembers them. */
  motivation: { text: 100, most: 200, keptSeconds: 600 },
  /** Row 69. */
  review: { text: 1000, lowest: 1, highest: 10 },
  /** Row 83. */
  reportsToHide: 3,
  /**
   * Characters of a report; texts that its case keeps; things that one person may report in a group; seconds for which
   * the reporter is notified.
   */
  report: { text: 500, texts: 10, perGroup: 300, tellSeconds: 30 * 86_400 },
  /** Row 132: missions that a plan includes; percent of the days that make a person diligent. */
  plan: { missions: 10, diligentPercent: 80 },
  /** Row 108. */
  image: { bytes: 10 * 1024 * 1024, types: ['image/jpeg', 'image/png', 'image/webp'] },
  /** The types are in `file-types.ts`. */
  file: { bytes: 10 * 1024 * 1024, name: 100, leastCounted: 1_000_000 },
  uploadSeconds: 300,
  unusedUploadSeconds: 86_400,
  /** An address of a file of a recruit post. */
  fileLinkSeconds: 60,
  /** Characters of an upload's ticket: twice a file name of 100 characters at 4 bytes in base64, and the rest. */
  uploadTicket: 800,
  downloadSeconds: 900,
  /** Row 104: how far a list `since` a notification goes back behind it, for what was delivered late. */
  lateNotificationMs: 10 * 60_000,
  /** Row 105: unread notifications are counted up to this number; clients show at most "99+". */
  unread: 100,
  /** Who comes into a group, or leaves it, and has done so before within this time, is no news again. */
  toldAgainSeconds: 3600,
  /** Seconds for which guests may get an answer for everybody again from the distribution. */
  sharedSeconds: 10,
  /** Row 106. */
  notificationSeconds: 30 * 86_400,
  /** Row 122. */
  idempotencySeconds: 86_400,
  /** Table 2.11; API Gateway closes after 2 h, or 10 min without a message. */
  /** `open`: sockets of one account at a time. */
  socket: { open: 20, messageBytes: 16 * 1024, pingSeconds: 300, lifeSeconds: 2 * 3600 + 600, onlineSeconds: 660 },
  /** Row 129: how long a mark waits to be checked. */
  markSeconds: 14 * 86_400,
  /**
   * What is due: a failing entry is tried so often, after 1, 2, 4 ... minutes and these at most. For how long one run has a
   * shard to itself, and for how long an entry that takes long is put off before it is begun: longer than a run may take.
   */
  due: { tries: 10, pauseMinutes: 60, leaseMinutes: 5, longMinutes: 20 },
  /** A log: how many entries a sender may be behind, how many are read at once, how often an entry looks for its place. */
  log: { behind: 500, page: 100, tries: 25 },
  /**
   * Rows 70-78. `text`, `files`: characters and files of a message. `page`, `pageBytes`: entries of a page, and bytes, as a gateway takes 128 KB.
   * `burst` messages in `burstMs`, then nothing for `muteMs`. `keptDays`: messages of a closed room and of a group that is over.
   * `openRooms`: of a study, besides the main room.
   */
  chat: {
    /** `lineOfRoom`: characters of the last message that the list of rooms shows. */
    ...{ text: 1000, lineOfRoom: 80, files: 5, page: 50, pageBytes: 96 * 1024, keptDays: 30, openRooms: 3 },
    ...{ burst: 3, burstMs: 1000, muteMs: 5000 },
    /** Rooms that one socket listens to; rooms whose numbers are asked for at once: three items of each are one request. */
    ...{ roomsOfSocket: 30, heads: 30 },
    /**
     * Parts of a room's listeners: a join rewrites one, at a unit a KB. Listeners up to which each hears who comes, goes and
     * reads; and up to which each hears who types, and how often somebody may say so.
     */
    ...{ listenerParts: 8, shown: 50, typingTo: 20, typingMs: 3000 },
    /** Posts to sockets at the same time; milliseconds for one, and for all of a request over HTTP. */
    ...{ postsAtOnce: 64, postMs: 1000, httpMs: 1500 },
  },
  /**
   * Row 80. Characters. `notices`: the newest ones that the board shows, unread first. `read`: posts of a group that somebody
   * read, of which the newest are looked at together; older ones are looked up.
   */
  post: { title: 30, body: 300, notices: 30, read: 100 },
  /** Row 81. Characters. `told`: the newest comments whose writers hear of the next one. */
  comment: { text: 300, told: 100 },
  /**
   * Row 82. `longestMs`: how far ahead a poll may end. `pulseSeconds`: people who look at a poll are told at most so often that
   * others vote. `named`: voters of a choice that are named. `toldAtOnce`: people whom one event notifies.
   */
  poll: {
    ...{ question: 100, choice: 60, fewest: 2, most: 10, longestMs: 365 * 86_400_000 },
    ...{ pulseSeconds: 5, named: 100, toldAtOnce: 100 },
  },
  /** Row 79: characters of a private message, and of how it begins in lists; how long it is kept. */
  message: { title: 50, body: 2000, preview: 80, looked: 20, keptSeconds: 365 * 86_400 },
  /**
   * Row 147. News of one kind from one group within `bundleMs` is one push message; news that comes later than `lateMs` after its
   * event wakes nobody, and what was held is known for so much longer that a repeated delivery finds it. `morning`: when a
   * pause until tomorrow ends. `mostDays`: the longest pause. `chatEntries`: entries of a room that one push message looks at.
   */
  volume: {
    ...{ bundleMs: 10 * 60_000, lateMs: 3_600_000, heldSeconds: 3 * 3600 },
    ...{ morning: '08:00', mostDays: 365, chatEntries: 1000 },
  },
  outboxSeconds: 86_400,
  mailSeconds: 86_400,
  /** For how long reports on mails from before somebody asked for mail again are known as such: SES has them within days. */
  mailResumedSeconds: 30 * 86_400,
} as const;
