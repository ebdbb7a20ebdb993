import * as z from 'zod';
import { because, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { decisionReason, linkHost, text } from '../../../shared/product/text-fields.ts';
import { kinds } from '../../activity/written/kinds.ts';
import { caseDecisions, caseStates, reportReasons } from './values.ts';

/** Everything that members write can be reported (row 83). */
const things = Object.values(kinds).map(({ entity }) => entity);

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const subject = z
  .string()
  .regex(new RegExp(`^(?:${Object.keys(kinds).join('|')}):${uuid}$`), because('reportSubject'))
  .meta({
    description: 'A kind and an id, as in the history of decisions',
    examples: ['certification:0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90'],
  });
const reason = z.enum(reportReasons);
const state = z.enum(caseStates);

/** Plans and private messages do not belong to a group, so they have routes of their own. */
const anySubject = z
  .string()
  .meta({ description: 'A kind and an id; the kind is that of content in a group, `plan` or `privateMessage`' });

const reportCase = z
  .object({
    groupId: id.nullable().meta({ description: 'Null for a plan and a private message' }),
    subject: anySubject,
    author: z
      .object({ id, nickname: z.string() })
      .nullable()
      .meta({ description: 'The author; for a plan, the leader of its group. Null if there is none' }),
    state: state.meta({ description: '`HIDDEN` by a decision, or by reports until a decision' }),
    reports: z.int().meta({ description: 'People who reported it since the last decision' }),
    reasons: z.array(z.object({ reason, count: z.int() })),
    texts: z.array(z.string()).meta({ description: 'Texts of the reporters, without their names' }),
    reportedAt: instant.meta({ description: 'Time of the last report' }),
  })
  .meta({ id: 'ReportCase' });

/** One report, with what it is about. */
const inspected = reportCase
  .extend({
    reported: z
      .object({
        kind: z.string().meta({ description: 'As in `subject`' }),
        text: z.string().nullable().meta({ description: 'For a plan: its title, description, rule and missions' }),
        link: z.string().nullable(),
        linkHost,
        images: z.array(z.object({ url: z.url(), width: z.int(), height: z.int() })).meta({
          description: 'Addresses that are good for at least 10 minutes, and pixels',
        }),
        files: z.array(z.string()).meta({ description: 'The names of its files that are no images' }),
        writtenAt: instant,
        hiddenAt: instant.nullable(),
        deletedAt: instant.nullable().meta({ description: 'Its text is gone, its place is still there' }),
      })
      .nullable()
      .meta({ description: 'The content as it is now. Null if it is deleted for good' }),
  })
  .meta({ id: 'Report' });

const path = '/v1/groups/{groupId}/reports';

const said = { reason, text: text({ min: 1, max: limits.report.text }).optional() };
const decision = {
  decision: z.enum(caseDecisions),
  reason: decisionReason.optional(),
};

/** Plans and private messages are named by the path. */
const onlySaid = z.strictObject(said);
const onlyDecision = z.strictObject(decision);
const decidedOn = z.object({ subject: anySubject, state, decidedAt: instant });

const report = route({
  method: 'POST',
  path,
  summary: 'Report content in a group',
  description:
    'Members; others get 404. The content is hidden from you at once, and from everyone after three reports, until a decision. Reporters stay anonymous. The leader is notified of the report, and the reporters are notified of the decision. Idempotent: only the first report of a person counts.',
  auth: 'account',
  body: z.strictObject({ subject, ...said }),
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const listReports = route({
  method: 'GET',
  path,
  summary: 'List undecided reports in a group',
  description:
    'Leaders and administrators; others get 404. Last reported first. Only administrators see reports on content of the leader.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(reportCase),
});

const decideReport = route({
  method: 'POST',
  path: `${path}/decisions`,
  summary: 'Hide or keep reported content',
  description:
    'Leaders and administrators, but not for their own content; others get 404. The decision can be changed at any time: keeping hidden content restores it. Further reports never hide kept content again; they only ask for another decision. The history records the decision.',
  auth: 'account',
  body: z.strictObject({ subject, ...decision }),
  result: z.object({ subject, state, decidedAt: instant }),
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'ALREADY_DECIDED', 'OWN_DECISION'],
});

const getReport = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/reported',
  summary: 'Inspect one report and its content',
  description:
    'Leaders and administrators, but not for their own content; others get 404. Content that nobody has reported is not found. The look is recorded in the log.',
  auth: 'account',
  event: 'REPORTED_SHOWN',
  kept: false,
  query: z.strictObject({ subject }),
  result: inspected,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND'],
});

const getPlanReport = route({
  method: 'GET',
  path: '/v1/plans/{planId}/reported',
  summary: 'Inspect the report on a plan',
  description:
    'Administrators, but not for their own plan; others get 404. A plan that nobody has reported is not found. The look is recorded in the log.',
  auth: 'account',
  event: 'REPORTED_SHOWN',
  kept: false,
  result: inspected,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND'],
});

const listReportsOfLeaders = route({
  method: 'GET',
  path: '/v1/admin/reports',
  summary: 'List undecided reports about leaders',
  description: 'Administrators; others get 404. Includes reports on plans and private messages. Last reported first.',
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
    'Signed-in people. The third report hides the plan until an administrator decides. The plan is not hidden from the reporter alone, because guests see it too.',
  auth: 'account',
  body: onlySaid,
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const decidePlan = route({
  method: 'POST',
  path: '/v1/plans/{planId}/decisions',
  summary: 'Hide or keep a published plan',
  description:
    'Administrators, but not for their own plan; others get 404. Works with or without reports. The decision can be changed at any time: keeping a hidden plan restores it. The history of its group records the decision.',
  auth: 'account',
  body: onlyDecision,
  result: decidedOn,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'ALREADY_DECIDED', 'OWN_DECISION'],
});

const reportPrivateMessage = route({
  method: 'POST',
  path: '/v1/messages/with/{accountId}/{messageId}/reports',
  summary: 'Report a private message you received',
  description:
    'Its reader; for others, and for your own messages, it is not found. It is hidden from you at once, and administrators decide. They see this message and no other. You are notified of the decision. Idempotent: only the first report counts.',
  auth: 'account',
  body: onlySaid,
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const getPrivateMessageReport = route({
  method: 'GET',
  path: '/v1/messages/{messageId}/reported',
  summary: 'Inspect the report on a private message',
  description:
    'Administrators, but not for their own message; others get 404. A message that nobody has reported is not found. The look is recorded in the log.',
  auth: 'account',
  event: 'REPORTED_SHOWN',
  kept: false,
  result: inspected,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND'],
});

const decidePrivateMessage = route({
  method: 'POST',
  path: '/v1/messages/{messageId}/decisions',
  summary: 'Hide or keep a private message',
  description:
    'Administrators, but not for their own message; others get 404. Its writer sees that it is hidden. The decision can be changed at any time. It stays hidden from its reader, who reported it. The history of the writer’s account records the decision.',
  auth: 'account',
  body: onlyDecision,
  result: decidedOn,
  problems: ['FACTOR_NEEDED', 'NOT_FOUND', 'ALREADY_DECIDED', 'OWN_DECISION'],
});

export const reasons = reason.options;

export const contract = feature({
  name: 'reports',
  summary: 'Reports on content, and decisions on them',
  routes: {
    report,
    listReports,
    getReport,
    decideReport,
    listReportsOfLeaders,
    reportPlan,
    getPlanReport,
    decidePlan,
    ...{ reportPrivateMessage, getPrivateMessageReport, decidePrivateMessage },
  },
  consumers: {
    tellReporters: {
      summary: 'Notifies reporters of the decision',
      entity: 'ReportCase',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { read: ['ReportCase', 'Group', 'Plan'], query: ['reportersOf'], write: ['Reporter', 'Outbox'] },
    },
    dropCase: {
      summary: 'Deletes the reports on an unpublished plan',
      entity: 'Plan',
      on: ['REMOVE'],
      lane: 'background',
      rights: { write: ['ReportCase'] },
      keeps: ['planId'],
    },
    dropMessageCase: {
      summary: 'Deletes the report on a deleted private message',
      entity: 'Message',
      on: ['REMOVE'],
      lane: 'background',
      rights: { write: ['ReportCase'] },
      keeps: ['messageId', 'reportedAt'],
    },
  },
  rights: {
    http: {
      read: [
        'Group',
        'Membership',
        'Account',
        'Administrator',
        'Session',
        'Reported',
        'ReportCase',
        'Plan',
        ...things,
        'Message',
        'Conversation',
      ],
      query: ['casesIn', 'messagesOfAccount'],
      write: [
        'Reported',
        'ReportCase',
        'Reporter',
        'Decision',
        'Quota',
        'Outbox',
        'Plan',
        ...things,
        'Message',
        'Conversation',
      ],
      check: ['Membership', 'Account', 'Administrator', 'Reported', 'Plan', ...things, 'Message'],
      readObjects: ['certifications/', 'chat/'],
    },
  },
});
