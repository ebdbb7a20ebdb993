import { feature } from '../../../shared/core/contract.ts';
import { counterRights } from '../../../shared/data/counters.ts';
import { cheerKinds } from '../../activity/cheers/values.ts';

const cheerNames = ['kind HEART', 'kind CLAP', 'kind FIRE', 'kind SMILE', 'kind CRY', 'kind STAR'] as const;

/** Each of the consumers may only leave a mark. */
const marks = { write: ['Mark'] } as const;

/**
 * Counters that check themselves (row 129). Each change of a counter, or of the things it counts, leaves a mark for the
 * day. The runs of the night compare the marked counters, a bounded number each, until no mark is left. By hand: invoke the
 * function with `{"job": "reconcile", "at": "<now>"}`.
 */
export const contract = feature({
  name: 'reconciliation',
  summary: 'Checks counters against what they count, and repairs drift',
  jobs: {
    reconcile: {
      summary: 'Checks the counters that changed until yesterday',
      schedule: { cron: '0/10 3-4 * * ? *', zone: 'Asia/Seoul' },
    },
  },
  consumers: {
    markGroup: {
      summary: 'Marks a group whose counters changed',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['memberCount', 'likes'],
    },
    markLike: {
      summary: 'Marks a group that gained or lost a like',
      entity: 'Like',
      on: ['INSERT', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId'],
    },
    markMembership: {
      summary: 'Marks the group and the account of a changed membership',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'accountId', 'state'],
    },
    markAccount: {
      summary: 'Marks an account whose counters changed',
      entity: 'Account',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['bricks', 'groupsPRIVATE_GROUP', 'groupsTEAM'],
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
      summary: 'Marks an account whose reviews were written, changed or deleted',
      entity: 'Review',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['accountId', 'score'],
    },
    markReviewScore: {
      summary: 'Marks an account whose review score changed',
      entity: 'ReviewScore',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['sum', 'count'],
    },
    markCheerer: {
      summary: 'Marks a certification whose cheers have changed',
      entity: 'Cheerer',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'certificationId', ...cheerNames],
    },
    markCheers: {
      summary: 'Marks a certification whose counts of cheers have changed',
      entity: 'CheerCount',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'certificationId', ...cheerKinds],
    },
    markComment: {
      summary: 'Marks something that gained or lost a comment',
      entity: 'Comment',
      on: ['INSERT', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'subject'],
    },
    markComments: {
      summary: 'Marks something whose count of comments has changed',
      entity: 'CommentCount',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'subject', 'comments'],
    },
    markAttendance: {
      summary: 'Marks the counts of a member whose attendance has changed',
      entity: 'Attendance',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'seasonId', 'accountId', 'state', 'alternate'],
    },
    markAttendances: {
      summary: 'Marks a member whose counts of attendance have changed',
      entity: 'AttendanceCount',
      on: ['MODIFY'],
      lane: 'background',
      rights: marks,
      keeps: ['groupId', 'seasonId', 'accountId', 'present', 'late', 'absent', 'holiday', 'alternates'],
    },
  },
  rights: {
    job: {
      read: counterRights.read,
      query: ['marked', ...counterRights.query],
      write: ['Mark', ...counterRights.write],
    },
  },
  tuning: { job: { timeout: 600 } },
});
