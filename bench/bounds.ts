/** The least that a use case can cost on DynamoDB, what a good design usually takes, and why moim takes more. */
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
 * Derived from DynamoDB's prices of single operations; units were checked on DynamoDB Local. Reads at the bound are eventually
 * consistent. The bounds trust an access token for its 15 minutes: moim reads session and account with each guarded request, a
 * unit each, along with its first read.
 */
export const bounds: readonly Bound[] = [
  {
    name: 'sign in',
    requests: 2,
    roundTrips: 2,
    units: '0.5 / 1',
    typical: '3-4 requests, 1.5 / 2',
    why: 'the credential is read with strong consistency, so that a password changed a moment ago no longer works, and with it what limits guessing: by login, by place, by device. The session is written in one transaction with the check that the account’s limits still stand and that its password is still the one that was read.',
  },
  { name: 'refresh', requests: 1, roundTrips: 1, units: '0 / 1', typical: '2-3 requests' },
  {
    name: 'join',
    requests: 1,
    roundTrips: 1,
    units: '0 / 1',
    typical: '2-3 round trips, 1.5 / 5',
    why: 'the bound keeps all members in one item, which ends at some 30 members a KB; here a membership is an item of its own (clubs have 500 seats), so membership (2 and an index row), the seat on the group (2 and an index row) and the notice to the leader (2) are one transaction. The read before it says why somebody may not join, and that their session is alive.',
  },
  {
    name: 'presign an upload',
    requests: 1,
    roundTrips: 1,
    units: '0.5 / 0',
    typical: '1-2 reads',
    why: 'the membership is read with strong consistency, and the upload is written down: its item is what makes it usable once, by one account, in one group, instead of a signed ticket that could be used until it expires.',
  },
  {
    name: 'submit',
    requests: 1,
    roundTrips: 1,
    units: '0 / 2',
    typical: '3 requests, 0 / 8-10',
    why: 'one read brings group, membership, mission, account and uploads (permission is never judged by what may be stale); one transaction checks once more that the member is there still, in the same part (2), takes the day (2), the five-second throttle (2) and the upload (2), and writes the certification (2 and two index rows) and the notice to the leader (2).',
  },
  {
    name: 'approve',
    requests: 1,
    roundTrips: 1,
    units: '0 / 2',
    typical: '3-4 requests, 0 / 6-8',
    why: 'the leader is read from the group, not from a copy on the certification that a handover of leadership would leave stale; the nickname in the answer takes a read of its own, because only the certification says whose it is. The check that the judge was not removed or made a member meanwhile (2), decision (2 and three index writes), ledger row (2), brick (2), record of the decision (2) and notice (2) are one transaction, so that none can be missing or doubled.',
  },
  {
    name: 'feed of 20',
    requests: 1,
    roundTrips: 1,
    units: '1 / 0',
    typical: '21 requests, 11 / 0 (one read per item)',
    why: 'membership first, with strong consistency; then one query; then the nicknames of the authors in one request, because a name that changes must not have to be changed in every certification.',
  },
  {
    name: 'notifications',
    requests: 1,
    roundTrips: 1,
    units: '0.5 / 0',
    typical: '2 requests',
    why: 'the unread ones are counted in an index that holds nothing else, up to the hundred that are shown as "99+", at the same time as the page is read: no counter has to follow what comes, is read and expires.',
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
