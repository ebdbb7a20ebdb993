import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { caseStates, reportReasons } from './values.ts';

/**
 * What can be reported (row 83): a line for each kind, with the item it is and the name of its id. Such an item stands in
 * a group, carries the `accountId` of who wrote it, and shows itself by `hiddenAt`; where it has a `status`, only what is
 * approved is everybody's to see.
 */
export const subjects = {
  certification: { entity: 'Certification', id: 'certificationId' },
} as const;
export type SubjectKind = keyof typeof subjects;
const things = Object.values(subjects).map(({ entity }) => entity);

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const subject = z
  .string()
  .regex(new RegExp(`^(?:${Object.keys(subjects).join('|')}):${uuid}$`))
  .meta({
    description: 'What it is about: a kind and an id, as in the history of decisions',
    examples: ['certification:0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90'],
  });
const reason = z.enum(reportReasons);
const state = z.enum(caseStates);

/** A plan is nobody's group's to see: it is reported and decided on by its own routes. */
const anySubject = z.string().meta({ description: 'A kind and an id: what is of a group, or `plan`' });

const reportCase = z
  .object({
    groupId: id.nullable().meta({ description: 'Null for a plan' }),
    subject: anySubject,
    author: z
      .object({ id, nickname: z.string() })
      .nullable()
      .meta({ description: 'Of a plan, who leads its group; null where that is gone' }),
    state: state.meta({ description: '`HIDDEN` by decision, or by reports until somebody decides' }),
    reports: z.int().meta({ description: 'People who reported it since the last decision' }),
    reasons: z.array(z.object({ reason, count: z.int() })),
    texts: z.array(z.string()).meta({ description: 'What reporters wrote; nobody is told who' }),
    reportedAt: instant.meta({ description: 'The last time' }),
  })
  .meta({ id: 'ReportCase' });

const path = '/v1/groups/{groupId}/reports';

const said = { reason, text: z.string().trim().min(1).max(limits.report.text).optional() };
const decision = {
  decision: z.enum(['HIDE', 'KEEP']),
  reason: z.string().trim().min(1).max(limits.decisionReason).optional(),
};

const report = route({
  method: 'POST',
  path,
  summary: 'Report what somebody wrote in a group',
  description:
    'It is hidden from the reporter at once, and from all when three people have reported it, until somebody decides. Nobody is told who reported; the leader hears that something was, and who reported what was decided. Once a person; again is fine and changes nothing (row 83).',
  auth: 'account',
  body: z.strictObject({ subject, ...said }),
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const listReports = route({
  method: 'GET',
  path,
  summary: 'What was reported in a group and waits for a decision',
  description:
    'Last reported first. For its leader and administrators. What the leader wrote is for administrators alone.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(reportCase),
});

const decideReport = route({
  method: 'POST',
  path: `${path}/decisions`,
  summary: 'Hide what was reported, or keep it',
  description:
    'By the leader or an administrator, but not on what they wrote. It can be decided anew at any time: keeping what is hidden restores it. What was kept is not hidden again by any number of reports: they only bring it back to be decided. The decision is in the history.',
  auth: 'account',
  body: z.strictObject({ subject, ...decision }),
  result: z.object({ subject, state, decidedAt: instant }),
  problems: ['NOT_FOUND', 'ALREADY_DECIDED', 'OWN_DECISION'],
});

const listReportsOfLeaders = route({
  method: 'GET',
  path: '/v1/admin/reports',
  summary: 'What leaders wrote or published that was reported and waits for a decision',
  description: 'Last reported first. For administrators.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(reportCase),
  problems: ['NOT_FOUND'],
});

const reportPlan = route({
  method: 'POST',
  path: '/v1/plans/{planId}/reports',
  summary: 'Report a published plan',
  description:
    'By anybody who is signed in. As what is reported in a group: the third takes it off the gallery until an administrator decides. Guests see the gallery, so it is not hidden from the reporter alone (rows 83, 132).',
  auth: 'account',
  body: z.strictObject(said),
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const decidePlan = route({
  method: 'POST',
  path: '/v1/plans/{planId}/decisions',
  summary: 'Take a published plan down, or keep it',
  description:
    'By an administrator, whether it was reported or not, but not on their own. It can be decided anew at any time: keeping what is hidden restores it. The decision is in the history of the group that it is of (rows 83, 132).',
  auth: 'account',
  body: z.strictObject(decision),
  result: z.object({ subject: anySubject, state, decidedAt: instant }),
  problems: ['NOT_FOUND', 'ALREADY_DECIDED', 'OWN_DECISION'],
});

export const reasons = reason.options;

export const contract = feature({
  name: 'reports',
  summary: 'What members find wrong, and what is decided on it',
  routes: { report, listReports, decideReport, listReportsOfLeaders, reportPlan, decidePlan },
  consumers: {
    tellReporters: {
      summary: 'Tells those who reported a thing what was decided',
      entity: 'ReportCase',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { read: ['ReportCase', 'Group', 'Plan'], query: ['reportersOf'], write: ['Reporter', 'Outbox'] },
    },
    dropCase: {
      summary: 'Deletes the reports on a plan that was taken back',
      entity: 'Plan',
      on: ['REMOVE'],
      lane: 'background',
      rights: { write: ['ReportCase'] },
      keeps: ['planId'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Reported', 'ReportCase', 'Plan', ...things],
      query: ['casesIn'],
      write: ['Reported', 'ReportCase', 'Reporter', 'Decision', 'Quota', 'Outbox', 'Plan', ...things],
      check: ['Membership', 'Account', 'Reported', 'Plan', ...things],
    },
  },
});
