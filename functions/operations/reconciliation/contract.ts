import { feature } from '../../../shared/core/contract.ts';

/** To leave a mark is all that each of the consumers may. */
const marks = { write: ['Mark'] } as const;

/**
 * Counters that check themselves (row 129). What moves a counter, or what it counts, leaves a mark for the day; the night's
 * runs look at what is marked, a bounded number each, until nothing is left. By hand: invoke the function with
 * `{"job": "reconcile", "at": "<now>"}`.
 */
export const contract = feature({
  name: 'reconciliation',
  summary: 'Compares every counter with what it counts, tells of drift and mends it',
  jobs: {
    reconcile: {
      summary: 'Compares the counters that moved until yesterday with what they count',
      schedule: { cron: '0/10 3-4 * * ? *', zone: 'Asia/Seoul' },
    },
  },
  consumers: {
    markGroup: {
      summary: 'Marks a group whose members or likes were counted',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['memberCount', 'likes'],
    },
    markLike: {
      summary: 'Marks a group that is liked or not any more',
      entity: 'Like',
      on: ['INSERT', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId'],
    },
    markMembership: {
      summary: 'Marks a group and an account when somebody comes or goes',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'accountId', 'state'],
    },
    markAccount: {
      summary: 'Marks an account whose counters moved',
      entity: 'Account',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['bricks'],
    },
    markBrick: {
      summary: 'Marks an account that earned or lost a brick',
      entity: 'Brick',
      on: ['INSERT', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['accountId'],
    },
    markReviews: {
      summary: 'Marks somebody whose reviews were counted',
      entity: 'ReviewScore',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: marks,
    },
  },
  rights: {
    job: {
      read: ['Group', 'Account', 'ReviewScore'],
      query: ['marked', 'membersOfGroup', 'likesOfGroup', 'groupsOfAccount', 'bricksOfAccount', 'reviewsOf'],
      write: ['Mark', 'Group', 'Account', 'ReviewScore'],
    },
  },
  tuning: { job: { timeout: 600 } },
});
