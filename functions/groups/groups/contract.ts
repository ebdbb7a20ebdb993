import * as z from 'zod';
import { roles } from '../../../shared/access/powers.ts';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { fileTypeNames } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { timeZone } from '../../accounts/accounts/contract.ts';
import { frequency } from '../../activity/missions/contract.ts';
import {
  approvalStatuses,
  approvals,
  audiences,
  categories,
  groupKinds,
  groupStatuses,
  joinPolicies,
  tags,
  visibilities,
} from '../core/values.ts';

const limit = limits.group;

export const kind = z.enum(groupKinds);
export const category = z.enum(categories);
export const audience = z.enum(audiences);
export const tag = z.enum(tags);
export const status = z.enum(groupStatuses);
export const joinPolicy = z.enum(joinPolicies);
const visibility = z.enum(visibilities);
const approval = z.enum(approvals);
/** One line of text without control characters, as long as a rule says. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u);
const text = (max: number) => z.string().trim().max(max);

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
    approvalStatus: z.enum(approvalStatuses).meta({ description: 'An administrator’s (row 38)' }),
    recruit: z.object({ title: z.string(), target: z.string(), process: z.string(), info: z.string() }),
    likes: z.int(),
    disbandsAt: instant.nullable().meta({ description: 'When it will be gone; its leader may undo it until then' }),
    version: z.int().meta({ description: 'For `If-Match`; also the ETag' }),
    createdAt: instant,
  })
  .meta({ id: 'Group' });

const groupFile = z
  .object({
    id: id.meta({ description: 'That of the upload it was' }),
    name: z.string(),
    type: z.enum(fileTypeNames),
    bytes: z.int(),
    url: z.url().meta({ description: 'For 15 minutes; it is saved under its name, and never shown by the browser' }),
  })
  .meta({ id: 'GroupFile' });
const detail = group
  .extend({ files: z.array(groupFile).meta({ description: 'What comes with the recruit post' }) })
  .meta({ id: 'GroupDetail' });

const role = z.enum(roles);
export const membership = z.object({ groupId: id, accountId: id, role, joinedAt: instant }).meta({ id: 'Membership' });

/** What founding and editing have in common. */
const face = {
  title: line(limit.title),
  description: text(limit.description),
  promise: text(limit.promise),
  certificationRule: text(limit.rule),
  category,
  customCategory: line(limit.customCategory).optional(),
  audience: audience.nullable(),
  tags: z
    .array(tag)
    .max(limit.tags)
    .refine((tags) => new Set(tags).size === tags.length),
  recruit: z.strictObject({
    title: text(limit.recruit.title).default('').meta({ description: 'Of the recruit post, if not the group’s' }),
    target: text(limit.recruit.target).default(''),
    process: text(limit.recruit.process).default(''),
    info: text(limit.recruit.info).default(''),
  }),
  capacity: z.int().min(limits.seats[0]).max(limits.seats[1]),
  allowRejoin: z.boolean(),
};

const createGroup = route({
  method: 'POST',
  path: '/v1/groups',
  summary: 'Found a group',
  description:
    'The founder leads it and takes the first seat. Its kind gives what is not said: who may see it, how one joins, how many seats it has, how certifications are judged. A challenge comes with its repeat mission; a club is founded by administrators (rows 20-26, 51).',
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
      recruit: face.recruit.default({ title: '', target: '', process: '', info: '' }),
      capacity: face.capacity.optional(),
      allowRejoin: face.allowRejoin.default(true),
      frequency: frequency.optional(),
      startDate: day.optional().meta({ description: 'Today in the group’s zone, unless said' }),
      endDate: day.optional(),
      recruitUntil: day.optional(),
      timeZone: timeZone.default('Asia/Seoul'),
      joinPolicy: joinPolicy.optional(),
      visibility: visibility.optional(),
      approval: approval.optional(),
    })
    .refine((body) => (body.kind === 'CHALLENGE') === (body.frequency !== undefined), { path: ['frequency'] })
    .refine((body) => body.category === 'ETC' || body.customCategory === undefined, { path: ['customCategory'] })
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
  problems: ['INVALID_PERIOD', 'GROUP_LIMIT', 'NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

const getGroup = route({
  method: 'GET',
  path: '/v1/groups/{groupId}',
  summary: 'One group',
  description: 'Open to guests if it is public; a private one is shown to its members (row 37).',
  auth: 'none',
  result: detail,
});

const getOwnGroup = route({
  method: 'GET',
  path: '/v1/accounts/me/groups/{groupId}',
  summary: 'One group as its member sees it',
  description: 'With the own part in it and the line that the leader has pinned (row 48).',
  auth: 'account',
  result: z.object({
    group: detail,
    role,
    joinedAt: instant,
    warnings: z.int(),
    notice: z.string().nullable(),
    leaderId: id,
    planId: id.nullable().meta({ description: 'The plan that was published of it' }),
  }),
});

export const tab = z.enum(['IN_PROGRESS', 'NOT_STARTED', 'FINISHED', 'FOUNDED']);
const listOwnGroups = route({
  method: 'GET',
  path: '/v1/accounts/me/groups',
  summary: 'The groups one is in, last joined first',
  description:
    'By tab, or all; a page may be short. Those one has liked or applied to have lists of their own (row 50).',
  auth: 'account',
  query: z.strictObject({ tab: tab.optional(), ...pageQuery }),
  result: pageOf(
    z.object({
      group: group.pick({
        id: true,
        kind: true,
        title: true,
        category: true,
        startDate: true,
        endDate: true,
        timeZone: true,
        status: true,
        disbandsAt: true,
      }),
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
    'By its leader. The seats are never fewer than the members; the end only moves later (rows 24, 25, 49). Members are told of a new end. `files` names all that are to be there from now on, in their order: those that are there by their id, new ones by their upload (row 32).',
  auth: 'account',
  body: z
    .strictObject({
      ...(Object.fromEntries(
        Object.entries(face).map(([name, schema]) => [name, (schema as z.ZodType).optional()]),
      ) as {
        [Name in keyof typeof face]: z.ZodOptional<(typeof face)[Name]>;
      }),
      endDate: day.optional(),
      recruitUntil: day.nullable().optional(),
      notice: text(limit.notice).nullable().optional(),
      files: z
        .array(id)
        .max(limit.files)
        .refine((ids) => new Set(ids).size === ids.length)
        .optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined))
    .meta({ examples: [{ title: 'Algorithms every day, together' }] }),
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
  summary: 'What was decided in a group, last decided first',
  description: 'For its leader and managers; nothing is ever taken out (row 124).',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        id,
        decidedAt: instant,
        by: z.object({ id, nickname: z.string() }),
        subject: z
          .object({ kind: z.string(), id: z.string(), nickname: z.string().nullable() })
          .meta({ description: 'What it is about; with a name where that is a person' }),
        before: z.string(),
        after: z.string(),
        reason: z.string().nullable(),
      })
      .meta({ id: 'Decision' }),
  ),
});

export const contract = feature({
  name: 'groups',
  summary: 'Founding groups and what they are; one’s own; what was decided in them',
  routes: { createGroup, getGroup, getOwnGroup, listOwnGroups, editGroup, listDecisions },
  consumers: {
    dropFiles: {
      summary: 'Deletes the files that a group does not show any more',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'background',
      rights: { deleteObjects: ['files/'] },
      keeps: ['files.key'],
    },
    dropUnusedFile: {
      summary: 'Deletes what was kept of an upload that ended, and no group shows',
      entity: 'Upload',
      on: ['REMOVE'],
      lane: 'background',
      rights: { read: ['Group'], listObjects: ['files/'], deleteObjects: ['files/'] },
      keeps: ['uploadId', 'groupId'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Account', 'Upload'],
      query: ['groupsOfAccount', 'decisionsIn'],
      write: ['Group', 'Membership', 'Mission', 'Outbox', 'Account', 'Listing', 'Listed', 'Quota', 'Upload'],
      check: ['Account', 'Membership'],
      readObjects: ['uploads/', 'files/'],
      writeObjects: ['files/'],
    },
  },
});
