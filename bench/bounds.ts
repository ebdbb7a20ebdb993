/**
 * For each use case: the least that it can cost on DynamoDB with the checks that moim does not give up, the usual cost of a
 * good design, and why moim's cost is what it is.
 */
export interface Bound {
  readonly name: string;
  readonly requests: number;
  readonly roundTrips: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly typical: string;
  readonly why?: string;
}

/**
 * Derived from DynamoDB's prices of single operations, for small items. These checks are in the bounds: each guarded request
 * reads its session and its account (a unit each); permission is read with strong consistency; the membership is checked in
 * the transaction that rests on it (2); a seat is taken at the group (2); brick, counter and state change together; a limit
 * of fair use is counted.
 */
export const bounds: readonly Bound[] = [
  {
    name: 'sign in',
    requests: 2,
    roundTrips: 2,
    readUnits: 2,
    writeUnits: 4,
    typical: '3-4 requests, 1.5 / 2',
    why: 'the bound: the credential, which also counts guesses, and one count of the place are read; the session (2) and the check of the credential (2) are one transaction.',
  },
  { name: 'refresh', requests: 1, roundTrips: 1, readUnits: 0, writeUnits: 1, typical: '2-3 requests' },
  {
    name: 'join',
    requests: 2,
    roundTrips: 2,
    readUnits: 4,
    writeUnits: 6,
    typical: '2-3 round trips, 1.5 / 5',
    why: 'the membership (2) with its two index rows (2) and the seat (2) are one transaction. The read before it says why somebody may not join. The stream notifies the leader.',
  },
  {
    name: 'presign an upload',
    requests: 2,
    roundTrips: 2,
    readUnits: 4,
    writeUnits: 1,
    typical: '1-2 reads',
    why: 'the membership is read, then the use is counted. The upload itself is a sealed ticket and no item.',
  },
  {
    name: 'submit',
    requests: 2,
    roundTrips: 2,
    readUnits: 5,
    writeUnits: 8,
    typical: '3 requests, 0 / 8-10',
    why: 'the bound: the check of the membership (2), the day (2), and the certification (2) with its two index rows (2).',
  },
  {
    name: 'approve',
    requests: 2,
    roundTrips: 2,
    readUnits: 5,
    writeUnits: 9,
    typical: '3-4 requests, 0 / 6-8',
    why: 'the bound: the certification (2) with its index rows (3), the ledger row (2) and the count of bricks (2).',
  },
  {
    name: 'feed of 20',
    requests: 4,
    roundTrips: 2,
    readUnits: 8,
    writeUnits: 0,
    typical: '21 requests, 11 / 0 (one read per item)',
    why: 'the page has ten authors. The bound gets their names from one item of the group.',
  },
  {
    name: 'notifications',
    requests: 3,
    roundTrips: 1,
    readUnits: 3,
    writeUnits: 0,
    typical: '2 requests',
    why: 'the unread ones are counted in an index of their own, up to a hundred (shown as "99+"), while the page is read. So no counter has to follow notifications that arrive, are read and expire.',
  },
  {
    name: 'connect',
    requests: 3,
    roundTrips: 2,
    readUnits: 2,
    writeUnits: 2,
    typical: '2-3 requests',
    why: 'when the connection and the presence are written down, the session is looked at once more, so that no socket stays open whose session ended at that moment.',
  },
  {
    name: 'ping',
    requests: 2,
    roundTrips: 2,
    readUnits: 2,
    writeUnits: 1,
    typical: '1-2 requests',
    why: 'the session is looked at; then presence is written, and nothing else.',
  },
  { name: 'disconnect', requests: 2, roundTrips: 1, readUnits: 0, writeUnits: 2, typical: '2-3 requests' },
];
