/**
 * Row 130: `times` in a window of `seconds`. Windows begin at multiples of their length, so twice as many fit around
 * a border. A place is an IP address (IPv6: its /64), which many people may share.
 *
 * With `lot`, uses are counted in the memory of a function and written so many at once (`shared/data/tally.ts`). So few
 * uses cost no write, and the limit is an approximate one: each process may let through a lot more.
 */
export const fairUse = {
  /**
   * From one place, of what anybody may ask for without an account. Offices, schools and mobile networks are one place
   * to many people.
   */
  codeFromPlace: { times: 600, seconds: 3600, lot: 20 },
  signUpFromPlace: { times: 200, seconds: 3600, lot: 10 },
  ticketFromPlace: { times: 200, seconds: 3600, lot: 10 },
  /** Refreshes with a token that moim has never issued. One that it has issued counts for its session alone. */
  refreshFromPlace: { times: 600, seconds: 3600, lot: 20 },
  refreshOfSession: { times: 120, seconds: 3600, lot: 10 },
  /**
   * Work that guests of one place, and that one account, may cause: read units, five for each write unit, one for each
   * KB sent. A unit is an eighth of a millionth of a dollar, whichever of the three it is.
   */
  workFromPlace: { times: 4_000_000, seconds: 86_400, lot: 20_000 },
  workOfAccount: { times: 3_000_000, seconds: 86_400, lot: 5000 },
  /**
   * Failed sign-ins to one account: from one place; from all places without an earlier sign-in; when those are used up,
   * from one network (IPv4 /24, IPv6 /48); from a known device.
   */
  signInFromPlace: { times: 10, seconds: 3600 },
  signInFromAnywhere: { times: 100, seconds: 86_400 },
  signInInFlood: { times: 1, seconds: 3600 },
  signInFromDevice: { times: 20, seconds: 3600 },
  /** Failed sign-ins from one place, to any account. */
  signInAtPlace: { times: 300, seconds: 3600 },
  /**
   * Mails ordered for one address: of one purpose from one place; of one purpose from a device on which its owner has
   * signed in; from all other places together. The last one refuses nobody: when it is used up, `mailInFlood` counts
   * what each network (IPv4 /24, IPv6 /48) orders for the address. `mailFromPlace`: from one place for all addresses.
   */
  mailFromPlaceToAddress: { times: 5, seconds: 86_400 },
  mailFromDevice: { times: 10, seconds: 86_400 },
  /**
   * Codes of the purpose MAIL, which go also to an address that takes no mail, for one address by one place or known
   * device; and how often the reader of an address gets its mail back.
   */
  mailAgain: { times: 2, seconds: 86_400 },
  mailResumed: { times: 3, seconds: 30 * 86_400 },
  mailToAddress: { times: 20, seconds: 86_400 },
  mailInFlood: { times: 2, seconds: 86_400 },
  mailFromPlace: { times: 300, seconds: 3600, lot: 10 },
  /**
   * Mails to addresses that have no account: from one place; how many of those from one place may come back in a day
   * before it orders no more of them; of all places together. The last one refuses nobody: when it is used up, each
   * network has `newMailInFlood`, and all networks `newMailAtMost`. That one refuses, because a flood of mails that come
   * back makes SES stop all mail (5 % of them are too many). No mail to an account counts.
   */
  newMailFromPlace: { times: 40, seconds: 3600 },
  bounceFromPlace: { times: 4, seconds: 86_400 },
  newMail: { times: 300, seconds: 3600 },
  newMailInFlood: { times: 1, seconds: 3600 },
  newMailAtMost: { times: 2000, seconds: 3600 },
  /**
   * Mails that strangers order for accounts, all together: a code for a new password, a login id. It refuses nobody: when
   * it is used up, each network has `recoveryInFlood`. A known device does not count.
   */
  recovery: { times: 1000, seconds: 3600 },
  recoveryInFlood: { times: 1, seconds: 3600 },
  /** Row 159: test messages of one account; receipts from one place that tell nothing new: wrong ones, and repeated ones. */
  pushTest: { times: 20, seconds: 3600, lot: 2 },
  receiptFromPlace: { times: 2000, seconds: 3600, lot: 50 },
  availabilityFromPlace: { times: 600, seconds: 3600, lot: 20 },
  socialSignInFromPlace: { times: 600, seconds: 3600, lot: 20 },
  link: { times: 30, seconds: 3600 },
  password: { times: 10, seconds: 3600 },
  /** Row 162: tries to show anew who one is, and mails with a code for it; by session, so that a stranger's use nobody's up. */
  proof: { times: 10, seconds: 3600 },
  proofMail: { times: 5, seconds: 3600 },
  /** Bytes of files whose addresses one account gets. */
  fileBytes: { times: 500_000_000, seconds: 86_400 },
  /**
   * Bytes of uploads that one account, and all members of a group together, are allowed in a month. What is uploaded stays
   * until its group is purged, so this is how fast the bucket may grow. An upload counts as `file.leastCounted` at least.
   */
  upload: { times: 1_000_000_000, seconds: 30 * 86_400 },
  uploadOfGroup: { times: 100_000_000_000, seconds: 30 * 86_400, lot: 100_000_000 },
  picture: { times: 30, seconds: 3600 },
  export: { times: 3, seconds: 86_400 },
  /** Changes of one group by its leader. Each change is copied to the lists of all members. */
  changeGroup: { times: 300, seconds: 3600 },
  foundGroup: { times: 100, seconds: 86_400 },
  /** Missions that one member makes: each is told to all members. */
  makeMission: { times: 50, seconds: 86_400 },
  /** Joining by oneself; what a leader does to one member and that is told to them; addresses of sockets. */
  join: { times: 60, seconds: 3600, lot: 5 },
  tellMember: { times: 20, seconds: 3600, lot: 2 },
  socketTicket: { times: 120, seconds: 3600, lot: 10 },
  /** Row 29: wrong codes. */
  inviteCode: { times: 10, seconds: 3600 },
  apply: { times: 50, seconds: 86_400 },
  report: { times: 30, seconds: 86_400 },
  /** Row 36: each like moves entries of several lists. */
  like: { times: 300, seconds: 3600 },
  /** Rows 63, 64: cheers notify others, once a day for each certification; nudges of one account, to whomever. */
  cheer: { times: 200, seconds: 3600, lot: 20 },
  /** Row 156: wrong check-in codes of a member in a group, on a day of the group, which meets once a day at most. */
  checkIn: { times: 5, seconds: 86_400 },
  /** Row 99: corrections of attendance by one account, each of which is told to the member: more than a large club has in a week. */
  correction: { times: 600, seconds: 3600 },
  /** Row 82: polls that one member makes, each of which is told to all members; ballots of one account. */
  makePoll: { times: 20, seconds: 86_400 },
  ballot: { times: 300, seconds: 3600, lot: 20 },
  nudge: { times: 100, seconds: 86_400 },
  /** Rows 80, 81: posts; notices, which are told to all members; comments, which are told to all who wrote before. */
  post: { times: 30, seconds: 86_400 },
  notice: { times: 10, seconds: 86_400 },
  comment: { times: 100, seconds: 3600, lot: 5 },
  /** Row 79: private messages of one account, to whomever. */
  message: { times: 30, seconds: 3600 },
  review: { times: 200, seconds: 86_400 },
  /** Row 104: mails to one account about what is in its inbox. */
  notificationMail: { times: 30, seconds: 86_400 },
  publishPlan: { times: 10, seconds: 86_400 },
} as const;

export type LimitName = keyof typeof fairUse;

/** Limits that are counted in the memory of a function, and written a lot at a time. */
export type LotLimit = {
  [Name in LimitName]: (typeof fairUse)[Name] extends { readonly lot: number } ? Name : never;
}[LimitName];

/** Those of one place. */
export type FromPlace = Extract<LotLimit, `${string}FromPlace`>;
