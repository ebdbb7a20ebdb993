import * as z from 'zod';
import { roles } from '../../../shared/access/powers.ts';
import { because, day, edit, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { fileTypeNames } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line, text, timeZone } from '../../../shared/product/text-fields.ts';
import { uploadId } from '../../activity/files/contract.ts';
import { frequency, options, optionViews } from '../../activity/missions/contract.ts';
import {
  approvalStatuses,
  approvals,
  audiences,
  categories,
  clubAsks,
  groupKinds,
  groupStatuses,
  joinPolicies,
  tags,
  visibilities,
} from '../core/values.ts';
import { groupDecision } from './fields.ts';

const limit = limits.group;

export const kind = z.enum(groupKinds);
export const category = z.enum(categories);
export const audience = z.enum(audiences);
export const tag = z.enum(tags);
export const status = z.enum(groupStatuses);
const joinPolicy = z.enum(joinPolicies).meta({
  description:
    'How people come in: at once, by application, by invite (CODE and LINK), or added by an administrator. An invite works for each of them',
});
const visibility = z.enum(visibilities).meta({ description: 'A private group is in no list, and 404 to others' });
const approval = z.enum(approvals).meta({ description: 'Whether leaders and managers decide, or nobody has to' });

export const group = z
  .object({
    id,
    kind,
    title: z.string(),
    description: z.string(),
    promise: z.string(),
    certificationRule: z.string(),
    category,
    customCategory: z.string().nullable(),
    audience: audience.nullable(),
    tags: z.array(z.string()),
    asks: z
      .array(z.enum(clubAsks))
      .meta({ description: 'The parts of a club profile that an applicant must fill in; empty for other kinds' }),
    frequency: frequency.nullable(),
    capacity: z.int(),
    memberCount: z.int(),
    startDate: day,
    endDate: day.nullable(),
    recruitUntil: day.nullable(),
    timeZone: z.string(),
    status,
    joinPolicy,
    visibility,
    approval,
    allowRejoin: z.boolean(),
    approvalStatus: z.enum(approvalStatuses).meta({ description: 'The decision of an administrator' }),
    recruit: z.object({ title: z.string(), target: z.string(), process: z.string(), info: z.string() }),
    likes: z.int(),
    disbandsAt: instant.nullable().meta({ description: 'When the group will end; its leader may cancel until then' }),
    ...optionViews,
    version: z.int().meta({ description: 'Send it as `If-Match`; it is also the ETag' }),
    createdAt: instant,
  })
  .meta({ id: 'Group' });

const groupFile = z
  .object({
    id: id.meta({ description: 'The id of its upload' }),
    name: z.string(),
    type: z.enum(fileTypeNames),
    bytes: z.int(),
  })
  .meta({ id: 'GroupFile' });
const detail = group
  .extend({ files: z.array(groupFile).meta({ description: 'Files of the recruit post' }) })
  .meta({ id: 'GroupDetail' });

const role = z.enum(roles);
export const membership = z.object({ groupId: id, accountId: id, role, joinedAt: instant }).meta({ id: 'Membership' });

/** The fields that founding and editing have in common. */
const face = {
  title: line({ min: 1, max: limit.title }),
  description: text({ max: limit.description }),
  promise: text({ max: limit.promise }),
  certificationRule: text({ max: limit.rule }),
  category,
  customCategory: line({ min: 1, max: limit.customCategory }).optional(),
  audience: audience.nullable(),
  tags: z
    .array(tag)
    .max(limit.tags)
    .refine((tags) => new Set(tags).size === tags.length, because('duplicates')),
  asks: z
    .array(z.enum(clubAsks))
    .max(clubAsks.length)
    .refine((asks) => new Set(asks).size === asks.length, because('duplicates'))
    .meta({ description: 'Only for clubs: the parts of a club profile that an applicant must fill in' }),
  capacity: z.int().min(limits.seats[0]).max(limits.seats[1]),
  allowRejoin: z.boolean(),
};

const recruit = {
  title: line({ max: limit.recruit.title }).meta({
    description: 'Title of the recruit post; if empty, the title of the group',
  }),
  target: text({ max: limit.recruit.target }),
  process: text({ max: limit.recruit.process }),
  info: text({ max: limit.recruit.info }),
};
const orEmpty = (schema: typeof recruit.title) => schema.default('');
const noRecruit = { title: '', target: '', process: '', info: '' };

const createGroup = route({
  method: 'POST',
  path: '/v1/groups',
  summary: 'Found a group',
  description:
    'The founder leads the group and takes the first seat. The kind of the group decides the defaults: visibility, join policy, seats and approval of certifications. A challenge comes with its repeat mission. Only administrators may found a club. `Location` is the address that the leader may ask: of your own groups, if the group is private or waits for approval.',
  auth: 'account',
  body: z
    .strictObject({
      kind,
      ...face,
      description: face.description.default(''),
      promise: face.promise.default(''),
      certificationRule: face.certificationRule.default(''),
      audience: face.audience.default(null),
      tags: face.tags.default([]),
      asks: face.asks.optional(),
      recruit: z
        .strictObject({
          title: orEmpty(recruit.title),
          target: orEmpty(recruit.target),
          process: orEmpty(recruit.process),
          info: orEmpty(recruit.info),
        })
        .default(noRecruit),
      capacity: face.capacity.optional(),
      allowRejoin: face.allowRejoin.default(true),
      frequency: frequency.optional(),
      startDate: day.optional().meta({ description: 'Default: today in the time zone of the group' }),
      endDate: day.optional(),
      recruitUntil: day.optional(),
      timeZone: timeZone.default('Asia/Seoul'),
      joinPolicy: joinPolicy.optional(),
      visibility: visibility.optional(),
      approval: approval.optional(),
      ...options,
    })
    .refine((body) => (body.kind === 'CHALLENGE') === (body.frequency !== undefined), {
      ...because('frequency'),
      path: ['frequency'],
    })
    .refine((body) => body.kind === 'CLUB' || body.asks === undefined, { ...because('onlyClubs'), path: ['asks'] })
    .refine((body) => body.category === 'ETC' || body.customCategory === undefined, {
      ...because('customCategory'),
      path: ['customCategory'],
    })
    .meta({
      examples: [
        {
          kind: 'CHALLENGE',
          title: 'Algorithms every day',
          category: 'IT',
          frequency: { every: 'DAY' },
          capacity: 10,
          startDate: '2027-03-01',
          endDate: '2027-03-31',
        },
      ],
    }),
  status: 201,
  result: group,
  problems: ['FACTOR_NEEDED', 'INVALID_PERIOD', 'GROUP_LIMIT', 'NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const getGroup = route({
  method: 'GET',
  path: '/v1/groups/{groupId}',
  summary: 'Get a group',
  description: 'Open to guests if the group is public. Only members see a private group; others get 404.',
  auth: 'none',
  sharedSeconds: limits.sharedSeconds,
  result: detail,
});

export const ownGroup = z.object({
  group: detail,
  role,
  joinedAt: instant,
  warnings: z.int(),
  notice: z.string().nullable(),
  leaderId: id,
  planId: id.nullable().meta({ description: 'The plan published from this group' }),
});
const getOwnGroup = route({
  method: 'GET',
  path: '/v1/accounts/me/groups/{groupId}',
  summary: 'Get a group as its member',
  description: 'Members; others get 404. Includes your role and the notice that the leader has pinned.',
  auth: 'account',
  result: ownGroup,
});

const downloadFile = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/files/{fileId}/downloads',
  summary: 'Get the address of a file',
  description:
    'Everybody signed in who may see the group. Browsers save the file instead of showing it. Its size counts for the day, whether or not it is loaded.',
  auth: 'account',
  status: 201,
  result: z.object({ url: z.url().meta({ description: 'Good for one minute' }), expiresAt: instant }),
  problems: ['TOO_MANY_REQUESTS'],
});

/** What lists of your own groups tell of each. */
export const inOwnList = {
  id: true,
  kind: true,
  title: true,
  category: true,
  startDate: true,
  endDate: true,
  timeZone: true,
  status: true,
  approvalStatus: true,
  disbandsAt: true,
} as const;
const tab = z.enum(['IN_PROGRESS', 'NOT_STARTED', 'FINISHED', 'FOUNDED']);
const listOwnGroups = route({
  method: 'GET',
  path: '/v1/accounts/me/groups',
  summary: 'List your groups',
  description:
    'Last joined first, by tab or all of them; a page may be short. Likes and applications have their own lists.',
  auth: 'account',
  query: z.strictObject({ tab: tab.optional(), ...pageQuery }),
  result: pageOf(
    z.object({
      group: group.pick(inOwnList),
      role,
      joinedAt: instant,
    }),
  ),
});

const editGroup = route({
  method: 'PATCH',
  path: '/v1/groups/{groupId}',
  summary: 'Edit a group',
  description:
    'Leaders; others get 404. The number of seats cannot fall below the number of members. Omitted fields stay as they are, also those of `recruit`. The first day, the frequency and the approval can change until the group begins; the mission of the frequency follows. `dayStart` changes on the next Monday. The last day can only move later. Members are notified of a new first or last day. `files` replaces the whole list in the given order: name existing files by their id and new files by their upload. Images lose their metadata, so they may have fewer bytes than were sent.',
  auth: 'account',
  body: edit({
    ...(Object.fromEntries(Object.entries(face).map(([name, schema]) => [name, (schema as z.ZodType).optional()])) as {
      [Name in keyof typeof face]: z.ZodOptional<(typeof face)[Name]>;
    }),
    recruit: z.strictObject(recruit).partial().optional(),
    startDate: day.optional(),
    endDate: day.optional(),
    recruitUntil: day.nullable().optional(),
    frequency: frequency.optional(),
    joinPolicy: joinPolicy.optional(),
    visibility: visibility.optional(),
    approval: approval.optional(),
    ...options,
    notice: text({ max: limit.notice }).nullable().optional(),
    files: z
      .array(uploadId)
      .max(limit.files)
      .refine((ids) => new Set(ids).size === ids.length, because('duplicates'))
      .optional(),
  }).meta({ examples: [{ title: 'Algorithms every day, together' }] }),
  result: detail,
  problems: [
    'PRECONDITION_FAILED',
    'INVALID_PERIOD',
    'CAPACITY_BELOW_MEMBERS',
    'NOT_APPLICABLE',
    'UPLOAD_INVALID',
    'TOO_MANY_REQUESTS',
  ],
});

const listDecisions = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/decisions',
  summary: 'List the decisions of a group',
  description: 'Leaders and managers; others get 404. Last decided first. Entries cannot be removed.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(groupDecision),
});

export const contract = feature({
  name: 'groups',
  summary: 'Founding, editing and reading groups; the history of decisions',
  routes: { createGroup, getGroup, getOwnGroup, listOwnGroups, editGroup, listDecisions, downloadFile },
  consumers: {
    dropFiles: {
      summary: 'Deletes files that a group no longer shows',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { deleteObjects: ['files/'] },
      keeps: ['files.key'],
    },
  },
  due: {
    dropUnusedFile: {
      summary: 'Deletes the stored file of an expired upload that no group shows',
      rights: { read: ['Group'], listObjects: ['files/'], deleteObjects: ['files/'] },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Administrator', 'Session'],
      query: ['groupsOfAccount', 'decisionsIn', 'missionsOfGroup'],
      write: ['Group', 'Due', 'Membership', 'Mission', 'Outbox', 'Account', 'Quota'],
      check: ['Administrator', 'Membership'],
      readObjects: ['uploads/', 'files/'],
      writeObjects: ['files/'],
      secrets: ['UploadKey'],
    },
  },
});
