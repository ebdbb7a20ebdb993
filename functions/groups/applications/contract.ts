import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { decisionReason, text } from '../../../shared/product/text-fields.ts';
import { anonymousReview, reputation } from '../../activity/reviews/contract.ts';
import { clubProfile, givenProfile } from '../clubs/contract.ts';
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
    reason: z.string().nullable().meta({ description: 'Why it was rejected; null if no reason was given' }),
  })
  .meta({ id: 'Application' });

const received = application.extend({
  nickname: z.string(),
  picture: thumbnail,
  reputation,
  profile: clubProfile
    .nullable()
    .meta({ description: 'The club profile of the applicant; null in groups of other kinds' }),
});

const apply = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/applications',
  summary: 'Apply to join a group',
  description:
    'One application per person and group can be pending. After a rejection or a withdrawal, you may apply again. A club may ask for a profile (`asks` of the group); its features answer 403 MEMBERSHIP_PENDING until it decides.',
  auth: 'account',
  body: z.strictObject({
    message: text({ max: limits.application }).default(''),
    profile: givenProfile.optional().meta({
      description:
        'Only for clubs: must have everything that the club `asks` for. Deleted if the club does not accept you',
    }),
  }),
  status: 201,
  result: application,
  problems: [
    'ALREADY_APPLIED',
    'ALREADY_MEMBER',
    'KICKED',
    'REJOIN_REFUSED',
    'GROUP_FULL',
    'GROUP_CLOSED',
    'JOIN_BY_OTHER_WAY',
    'TOO_MANY_REQUESTS',
  ],
});

const listApplications = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/applications',
  summary: 'List the applications to a group',
  description:
    'Leaders and managers; others get 404. Oldest first. The list may lag by a moment: a decided application may still show its previous state.',
  auth: 'account',
  query: z.strictObject({ state: state.default('PENDING'), ...pageQuery }),
  result: pageOf(received),
  // A club's applicants give their real names.
  kept: false,
});

const one = '/v1/groups/{groupId}/applications/{accountId}';

const listApplicantReviews = route({
  method: 'GET',
  path: `${one}/reviews`,
  summary: 'List the reviews of an applicant',
  description: 'Leaders and managers; others get 404. The writers stay anonymous.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(anonymousReview),
});

const acceptApplication = route({
  method: 'POST',
  path: `${one}/accept`,
  summary: 'Accept an application',
  description:
    'Leaders and managers, but not for themselves; others get 404. The applicant takes a seat in the same transaction. A club also sends the applicant a mail.',
  auth: 'account',
  result: application,
  problems: [
    'ALREADY_DECIDED',
    'OWN_DECISION',
    'ALREADY_MEMBER',
    'KICKED',
    'REJOIN_REFUSED',
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
  description:
    'Leaders and managers, but not for themselves; others get 404. The applicant can read the reason, if you give one. A club must give one, and sends it by mail.',
  auth: 'account',
  body: z.strictObject({ reason: decisionReason.optional() }),
  result: application,
  problems: ['ALREADY_DECIDED', 'OWN_DECISION'],
});

const listOwnApplications = route({
  method: 'GET',
  path: '/v1/accounts/me/applications',
  summary: 'List your applications',
  description: 'Last sent first.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(application.extend({ group: group.pick({ id: true, kind: true, title: true }).nullable() })),
});

const withdrawApplication = route({
  method: 'DELETE',
  path: '/v1/accounts/me/applications/{groupId}',
  summary: 'Withdraw your application',
  description: 'Only while it is pending. Idempotent: answers 204 if it is already withdrawn.',
  auth: 'account',
  problems: ['ALREADY_DECIDED'],
});

const applicationChanged = serverEvent({
  name: 'application.changed',
  summary: 'Your application, or one that you may decide on, has changed',
  data: z
    .object({
      groupId: id,
      accountId: id.meta({ description: 'The applicant' }),
      state: state.nullable().meta({ description: 'Null: the application was deleted' }),
    })
    .meta({ id: 'ApplicationChanged' }),
});
export type ApplicationChanged = z.infer<typeof applicationChanged.data>;

export const contract = feature({
  name: 'applications',
  summary: 'Applications to groups, and decisions on them',
  routes: {
    apply,
    listApplications,
    listApplicantReviews,
    acceptApplication,
    rejectApplication,
    listOwnApplications,
    withdrawApplication,
  },
  events: { applicationChanged },
  consumers: {
    closeApplications: {
      summary: 'Rejects the pending applications of an ended group',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: {
        read: ['Group', 'Membership'],
        query: ['applicationsOfGroup'],
        write: ['Application', 'Membership', 'Outbox'],
        check: ['Membership'],
      },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Application', 'ReviewScore', 'ClubProfile'],
      query: ['applicationsIn', 'applicationsOf', 'reviewsOf'],
      write: ['Application', 'Group', 'Membership', 'Account', 'ClubProfile', 'Decision', 'Outbox', 'Mail', 'Quota'],
      check: ['Group', 'Membership'],
      readObjects: ['pictures/'],
    },
  },
});
