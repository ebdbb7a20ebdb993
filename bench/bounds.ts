/**
 * For each use case: the least that it can cost on DynamoDB, the usual cost of a good design, and why moim's cost is
 * higher.
 */
export interface Bound {
  readonly name: string;
  readonly requests: number;
  readonly roundTrips: number;
  /** Read / write units. */
  readonly units: string;
  readonly typical: string;
  readonly why?: string;
}

/**
 * Derived from DynamoDB's prices of single operations. The units were checked on DynamoDB Local. Reads at the bound are
 * eventually consistent. The bounds trust an access token for its 15 minutes: moim reads session and account with each guarded
 * request, a unit each, along with its first read.
 */
export const bounds: readonly Bound[] = [
  {
    name: 'sign in',
    requests: 2,
    roundTrips: 2,
    units: '0.5 / 1',
    typical: '3-4 requests, 1.5 / 2',
    why: 'the credential is read with strong consistency, so that an old password stops working at once. The same read gets the limits of guessing: by login, by place, by device. The session is written in one transaction, which checks that the account’s limits still hold and that its password is the one that was read.',
  },
  { name: 'refresh', requests: 1, roundTrips: 1, units: '0 / 1', typical: '2-3 requests' },
  {
    name: 'join',
    requests: 1,
    roundTrips: 1,
    units: '0 / 1',
    typical: '2-3 round trips, 1.5 / 5',
    why: 'the bound keeps all members in one item, which has room for some 30 members a KB. In moim a membership is an item of its own, because clubs have 500 seats. So membership (2 and an index row), the seat of the group (2 and an index row) and the notice to the leader (2) are one transaction. The read before it says why somebody may not join.',
  },
  {
    name: 'presign an upload',
    requests: 1,
    roundTrips: 1,
    units: '0.5 / 0',
    typical: '1-2 reads',
    why: 'the membership is read with strong consistency, and the upload gets an item. The item makes the upload usable once, by one account, in one group. A signed ticket could be used until it expires.',
  },
  {
    name: 'submit',
    requests: 1,
    roundTrips: 1,
    units: '0 / 2',
    typical: '3 requests, 0 / 8-10',
    why: 'one read gets group, membership, mission, account and uploads, because stale data never decides permission. One transaction checks that the member is still there in the same role (2), takes the day (2), the five-second throttle (2) and the upload (2), and writes the certification (2 and two index rows) and the notice to the leader (2).',
  },
  {
    name: 'approve',
    requests: 1,
    roundTrips: 1,
    units: '0 / 2',
    typical: '3-4 requests, 0 / 6-8',
    why: 'the role is read from the membership, not from a copy on the certification that a handover would leave stale. The nickname in the answer needs a read of its own, because only the certification says whose it is. One transaction has the check that the judge still has the role (2), the decision (2 and three index writes), ledger row (2), brick (2), decision record (2) and notice (2). So none can be missing or doubled.',
  },
  {
    name: 'feed of 20',
    requests: 1,
    roundTrips: 1,
    units: '1 / 0',
    typical: '21 requests, 11 / 0 (one read per item)',
    why: 'membership first, with strong consistency; then one query; then the nicknames of the authors in one request. So a changed name need not be changed in every certification.',
  },
  {
    name: 'notifications',
    requests: 1,
    roundTrips: 1,
    units: '0.5 / 0',
    typical: '2 requests',
    why: 'the unread ones are counted in an index of their own, up to a hundred (shown as "99+"), while the page is read. So no counter has to follow notifications that arrive, are read and expire.',
  },
  {
    name: 'connect',
    requests: 1,
    roundTrips: 1,
    units: '0 / 1-2',
    typical: '2-3 requests',
    why: 'when the connection is written down, the session is looked at once more, so that no socket stays open whose session ended at that moment.',
  },
  { name: 'disconnect', requests: 1, roundTrips: 1, units: '0 / 1', typical: '2-3 requests' },
];
