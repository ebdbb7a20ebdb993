import * as z from 'zod';
import { day, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { statuses } from './values.ts';

const { certification: limit } = limits;
const status = z.enum(statuses);
const text = z.string().trim().max(limit.text);
const link = z.url({ protocol: /^https?$/ }).max(limit.link);
const uploadIds = z
  .array(id)
  .max(limit.images)
  .refine((ids) => new Set(ids).size === ids.length);

export const certification = z
  .object({
    id,
    groupId: id,
    missionId: id,
    author: z.object({ id, nickname: z.string() }),
    status,
    reason: z.string().nullable().meta({ description: 'Why it was denied' }),
    hiddenAt: instant.nullable().meta({
      description:
        'Hidden from others, because of reports (row 83): its author and who decides on that still see it. Its brick stays, as points are for the mission',
    }),
    text: z.string(),
    link: z.string().nullable(),
    images: z.array(z.url()).meta({ description: 'Links to the images, for 15 minutes' }),
    day: day.meta({ description: "The day it counts for, in the group's zone" }),
    version: z.int().meta({ description: 'For `If-Match`; also the ETag' }),
    createdAt: instant,
    modifiedAt: instant,
  })
  .meta({ id: 'Certification' });

const submitCertification = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/missions/{missionId}/certifications',
  summary: 'Show that a mission was done',
  description:
    "Waits for the leader or a manager, unless the mission approves by itself; the leader's own is approved at once. Once a day, as often a week as the mission asks, not twice within five seconds (rows 53, 54).",
  auth: 'account',
  body: z.strictObject({ text: text.default(''), link: link.optional(), uploadIds: uploadIds.default([]) }),
  status: 201,
  result: certification,
  problems: ['CERTIFICATION_LIMIT', 'NOT_IN_PERIOD', 'TOO_MANY_REQUESTS', 'UPLOAD_INVALID'],
});

const one = '/v1/groups/{groupId}/certifications/{certificationId}';

const listCertifications = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/certifications',
  summary: 'Certifications of a group, last changed first',
  description:
    'Members see approved ones and, with `author=me`, all their own. WAITING and DENIED of others are for the leader and managers (row 55). Those of people one has blocked are left out, so a page may be short (row 84). The list may lag by a moment: one that has just been changed or decided is still shown as it was before.',
  auth: 'account',
  query: z.strictObject({ status: status.optional(), author: z.literal('me').optional(), ...pageQuery }),
  result: pageOf(certification),
});

const getCertification = route({
  method: 'GET',
  path: one,
  summary: 'One certification',
  auth: 'account',
  result: certification,
});

const editCertification = route({
  method: 'PATCH',
  path: one,
  summary: 'Edit the own certification',
  description:
    'Unless the mission approves by itself or the author leads the group, it waits again, and a brick it had earned is taken back (rows 56, 67). `uploadIds` replaces all images.',
  auth: 'account',
  body: z
    .strictObject({ text: text.optional(), link: link.nullable().optional(), uploadIds: uploadIds.optional() })
    .refine((body) => Object.values(body).some((value) => value !== undefined)),
  result: certification,
  problems: ['PRECONDITION_FAILED', 'UPLOAD_INVALID'],
});

const deleteCertification = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete a certification',
  description: 'By its author or the leader. Exactly what it earned is taken back; its day is free again (row 57).',
  auth: 'account',
});

const approveCertification = route({
  method: 'POST',
  path: `${one}/approve`,
  summary: 'Approve a certification',
  description:
    'By the leader or a manager, but not on their own: one that waits or was denied. It earns its author one brick.',
  auth: 'account',
  result: certification,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED', 'PRECONDITION_FAILED'],
});

const denyCertification = route({
  method: 'POST',
  path: `${one}/deny`,
  summary: 'Deny a certification',
  description:
    'By the leader or a manager, but not on their own: one that waits, with a reason that its author is told.',
  auth: 'account',
  body: z.strictObject({ reason: z.string().trim().min(1).max(limits.decisionReason) }),
  result: certification,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED', 'PRECONDITION_FAILED'],
});

export const contract = feature({
  name: 'certifications',
  summary: 'What shows that a mission was done, and how it is judged',
  routes: {
    submitCertification,
    listCertifications,
    getCertification,
    editCertification,
    deleteCertification,
    approveCertification,
    denyCertification,
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Mission', 'Certification', 'Upload', 'Account', 'Reported'],
      query: ['certificationsByStatus', 'certificationsOfMember', 'blocksOfAccount'],
      write: ['Certification', 'MissionWeek', 'Account', 'Decision', 'Brick', 'Upload', 'Throttle', 'Outbox'],
      check: ['Membership'],
      readObjects: ['uploads/', 'certifications/'],
      writeObjects: ['certifications/'],
    },
  },
});
