import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { anonymousReview, reputation } from '../../activity/reviews/contract.ts';
import { applicationStates } from '../core/values.ts';
import { group } from '../groups/contract.ts';

const state = z.enum(applicationStates);
const application = z
  .object({
    groupId: id,
    accountId: id,
    state,
    message: z.string(),
    appliedAt: instant,
    decidedAt: instant.nullable(),
    reason: z.string().nullable().meta({ description: 'Why it was rejected, if that was said' }),
  })
  .meta({ id: 'Application' });

const received = application.extend({ nickname: z.string(), reputation });

const apply = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/applications',
  summary: 'Apply to join a group',
  description:
    'One application waits per person and group; after a refusal or a withdrawal there may be another (row 28).',
  auth: 'account',
  body: z.strictObject({ message: z.string().trim().max(limits.application).default('') }),
  status: 201,
  result: application,
  problems: [
    'ALREADY_APPLIED',
    'ALREADY_MEMBER',
    'KICKED',
    'GROUP_FULL',
    'GROUP_CLOSED',
    'JOIN_BY_OTHER_WAY',
    'TOO_MANY_REQUESTS',
  ],
});

const listApplications = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/applications',
  summary: 'Who has applied to a group, oldest first',
  description:
    'For its leader and managers. The list may lag by a moment: one that has just been decided is still shown as it was before.',
  auth: 'account',
  query: z.strictObject({ state: state.default('PENDING'), ...pageQuery }),
  result: pageOf(received),
});

const one = '/v1/groups/{groupId}/applications/{accountId}';

const listApplicantReviews = route({
  method: 'GET',
  path: `${one}/reviews`,
  summary: 'What others wrote of an applicant',
  description: 'For the leader and managers of the group. Who wrote a review is told to nobody (rows 28, 69).',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(anonymousReview),
});

const acceptApplication = route({
  method: 'POST',
  path: `${one}/accept`,
  summary: 'Accept an application',
  description: 'The applicant gets a seat in the same transaction, if there is one. Nobody decides on themselves.',
  auth: 'account',
  result: application,
  problems: [
    'ALREADY_DECIDED',
    'OWN_DECISION',
    'ALREADY_MEMBER',
    'KICKED',
    'GROUP_FULL',
    'GROUP_CLOSED',
    'GROUP_LIMIT',
    'NOT_APPLICABLE',
  ],
});

const rejectApplication = route({
  method: 'POST',
  path: `${one}/reject`,
  summary: 'Reject an application',
  description: 'With or without a reason, which the applicant may read.',
  auth: 'account',
  body: z.strictObject({ reason: z.string().trim().min(1).max(limits.decisionReason).optional() }),
  result: application,
  problems: ['ALREADY_DECIDED', 'OWN_DECISION'],
});

const listOwnApplications = route({
  method: 'GET',
  path: '/v1/accounts/me/applications',
  summary: 'The own applications, last sent first',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(application.extend({ group: group.pick({ id: true, kind: true, title: true }).nullable() })),
});

const withdrawApplication = route({
  method: 'DELETE',
  path: '/v1/accounts/me/applications/{groupId}',
  summary: 'Withdraw the own application',
  description: 'While it waits. Withdrawn already is fine.',
  auth: 'account',
  problems: ['ALREADY_DECIDED'],
});

export const contract = feature({
  name: 'applications',
  summary: 'Applying to join a group, and deciding who may',
  routes: {
    apply,
    listApplications,
    listApplicantReviews,
    acceptApplication,
    rejectApplication,
    listOwnApplications,
    withdrawApplication,
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Application', 'ReviewScore'],
      query: ['applicationsIn', 'applicationsOf', 'reviewsOf'],
      write: ['Application', 'Group', 'Membership', 'Account', 'Decision', 'Outbox', 'Quota'],
      check: ['Group', 'Membership'],
    },
  },
});
