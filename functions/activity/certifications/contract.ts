import * as z from 'zod';
import {
  because,
  day,
  edit,
  feature,
  id,
  instant,
  pageOf,
  pageQuery,
  route,
  serverEvent,
} from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { decisionReason, linkHost, text, webAddress } from '../../../shared/product/text-fields.ts';
import { cheers } from '../cheers/contract.ts';
import { uploadId } from '../files/contract.ts';
import { imagesStates, statuses } from './values.ts';

const { certification: limit } = limits;
const status = z.enum(statuses);
const proof = text({ max: limit.text });
const link = webAddress(limit.link);
const uploadIds = z
  .array(uploadId)
  .max(limit.images)
  .refine((ids) => new Set(ids).size === ids.length, because('duplicates'));

export const certification = z
  .object({
    id,
    groupId: id,
    missionId: id,
    missionTitle: z.string().nullable().meta({ description: 'As it was when the certification was submitted' }),
    author: z.object({ id, nickname: z.string(), picture: thumbnail }),
    status,
    reason: z.string().nullable().meta({ description: 'Why it was denied' }),
    hiddenAt: instant.nullable().meta({
      description:
        'Hidden from other members because of reports. Its author and those who decide on reports still see it, and its brick stays',
    }),
    text: z.string(),
    link: z.string().nullable(),
    linkHost,
    images: z.array(z.url()).meta({
      description:
        'Addresses of the images, up to 1,600 pixels long: the same for everybody who may see them, good for at least 10 minutes. Without place, time and other metadata',
    }),
    thumbnails: z
      .array(z.url())
      .nullable()
      .meta({ description: 'Addresses of the images, up to 480 pixels long. Null until they are made, in seconds' }),
    sizes: z
      .array(z.object({ width: z.int(), height: z.int() }))
      .meta({ description: 'Pixels of each image, to reserve its place' }),
    imagesState: z.enum(imagesStates).meta({
      description:
        'DECODING: the images are being prepared; nobody can approve yet. BROKEN: one of them cannot be opened. Its author is notified, its day is free again, and it has no images until the author sends others',
    }),
    duplicateOf: id.nullable().meta({
      description:
        'The certification of the group that showed one of the images first. Shown to the author, and to those who decide',
    }),
    day: day.meta({ description: 'The day it counts for, in the time zone of the group' }),
    madeUp: z.boolean().meta({ description: 'It makes up for a missed day' }),
    late: z.boolean().meta({
      description: 'It was sent when its day was over. Shown to the author, and to those who decide; otherwise false',
    }),
    cheers: cheers.nullable().meta({
      description: 'Null where they are not read: unless it is approved, in answers to changes, and in the queue',
    }),
    comments: z
      .int()
      .nullable()
      .meta({ description: 'Null where they are not read: in answers to changes, and in the queue' }),
    version: z.int().meta({ description: 'Send it as `If-Match`; it is also the ETag' }),
    createdAt: instant,
    modifiedAt: instant,
  })
  .meta({ id: 'Certification' });

const submitCertification = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/missions/{missionId}/certifications',
  summary: 'Submit a certification',
  description:
    'Members; others get 404. It waits for the leader or a manager, unless the mission approves automatically or the author leads the group. Allowed as often a day and a week as the mission asks, and once in five seconds. A checklist needs all its items in `checked`, and a photo for each item that asks for one, in their order. Photos of up to 50 million pixels as JPEG, PNG or WebP. Metadata is removed at once; the images are prepared within seconds. `errors` of UPLOAD_INVALID say what is wrong with a photo.',
  auth: 'account',
  body: z
    .strictObject({
      text: proof.default(''),
      link: link.optional(),
      uploadIds: uploadIds.default([]),
      checked: z
        .array(
          z
            .int()
            .min(0)
            .max(limits.mission.checklist - 1),
        )
        .max(limits.mission.checklist)
        .optional()
        .meta({ description: 'The items of the checklist that are done, by their place from 0 on' }),
      occurredAt: instant.optional().meta({
        description:
          'When it was done, if it is sent later: up to 12 hours ago. It counts for that day. If that day is over it is `late`, ten times a month at most',
      }),
      makeUpFor: day.optional().meta({
        description:
          'A missed day that it makes up for, up to three days ago, as often a month as the group allows. Somebody decides on it even where the mission approves automatically',
      }),
    })
    .refine(({ occurredAt, makeUpFor }) => occurredAt === undefined || makeUpFor === undefined, {
      ...because('makeUpAlone'),
      path: ['makeUpFor'],
    })
    .meta({ examples: [{ text: 'Chapter 3', uploadIds: [] }] }),
  status: 201,
  result: certification,
  problems: [
    ...(['CERTIFICATION_LIMIT', 'LATE_LIMIT', 'MAKE_UP_LIMIT', 'MAKE_UP_OVER', 'NOT_APPLICABLE'] as const),
    ...(['NOT_IN_PERIOD', 'NOT_ON_WEEKDAY', 'TOO_MANY_REQUESTS', 'UPLOAD_INVALID'] as const),
  ],
});

const skipMission = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/missions/{missionId}/skips',
  summary: 'Skip a mission with a reason',
  description:
    'Members; others get 404. The day counts as done for reminders, and neither for bricks nor for rates. Only you and those who decide see it. Deleting it takes it back, and so does a certification of that day.',
  auth: 'account',
  body: z.strictObject({
    reason: text({ min: 1, max: limit.text }),
    day: day.optional().meta({ description: 'Default: today; up to six days ahead if the mission repeats' }),
  }),
  status: 201,
  result: certification,
  problems: ['CERTIFICATION_LIMIT', 'NOT_IN_PERIOD', 'NOT_ON_WEEKDAY'],
});

const one = '/v1/groups/{groupId}/certifications/{certificationId}';

const listCertifications = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/certifications',
  summary: 'List the certifications of a group',
  description:
    'Members; others get 404. Last changed first, but WAITING ones of all with those that wait longest first. Members see approved certifications, and all of their own with `author=me`. Only leaders and managers see WAITING and DENIED ones of others. Certifications of people you blocked are left out, so a page may be short. The list may lag by a moment: a certification that was just edited, decided on, hidden or deleted may still be listed as it was. Opening it shows what it is now.',
  auth: 'account',
  query: z.strictObject({ status: status.optional(), author: z.literal('me').optional(), ...pageQuery }),
  result: pageOf(certification),
});

const getCertification = route({
  method: 'GET',
  path: one,
  summary: 'Get a certification',
  description: 'Members; others get 404.',
  auth: 'account',
  result: certification,
});

const editCertification = route({
  method: 'PATCH',
  path: one,
  summary: 'Edit your certification',
  description:
    'Authors; others get 404. It waits for a decision again and loses the brick it earned, unless the mission approves automatically or the author leads the group. If the mission approves automatically, only on the day that it counts for. `uploadIds` replaces all images; name the upload of an image again to keep it. One that is BROKEN needs its day again.',
  auth: 'account',
  body: edit({ text: proof.optional(), link: link.nullable().optional(), uploadIds: uploadIds.optional() }),
  result: certification,
  problems: ['PRECONDITION_FAILED', 'UPLOAD_INVALID', 'DAY_OVER', 'CERTIFICATION_LIMIT', 'NOT_APPLICABLE'],
});

const deleteCertification = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete a certification',
  description:
    'Authors and leaders; others get 404. Takes back exactly what it earned, and frees its day. If the mission repeats and approves automatically, authors delete only on the day that it counts for.',
  auth: 'account',
  problems: ['DAY_OVER'],
});

const approveCertification = route({
  method: 'POST',
  path: `${one}/approve`,
  summary: 'Approve a certification',
  description:
    'Leaders and managers, but not for themselves; others get 404. For a certification that waits or was denied. Its author earns one brick. Images have to be READY.',
  auth: 'account',
  result: certification,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED', 'PRECONDITION_FAILED', 'NOT_DECODED', 'PHOTO_BROKEN'],
});

const denyCertification = route({
  method: 'POST',
  path: `${one}/deny`,
  summary: 'Deny a certification',
  description:
    'Leaders and managers, but not for themselves; others get 404. For a certification that waits. Its author is notified with the reason.',
  auth: 'account',
  body: z.strictObject({ reason: decisionReason }),
  result: certification,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED', 'PRECONDITION_FAILED'],
});

const decideCertifications = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/certifications/decisions',
  summary: 'Decide on several certifications',
  description:
    'Leaders and managers; others get 404. Each is decided for itself, with a result of its own: what stands in the way of one stops no other. One that is in the wanted state already is done.',
  auth: 'account',
  body: z
    .strictObject({
      ids: z
        .array(id)
        .min(1)
        .max(limit.decisions)
        .refine((ids) => new Set(ids).size === ids.length, because('duplicates')),
      decision: z.enum(['APPROVED', 'DENIED']),
      reason: decisionReason.optional().meta({ description: 'Needed for DENIED, and only for it' }),
    })
    .refine(({ decision, reason }) => (decision === 'DENIED') === (reason !== undefined), {
      ...because('denialReason'),
      path: ['reason'],
    })
    .meta({ examples: [{ ids: ['01900000-0000-7000-8000-000000000000'], decision: 'APPROVED' }] }),
  result: z.object({
    results: z.array(
      z
        .object({
          id,
          status: status.nullable(),
          problem: z
            .object({ code: z.string(), title: z.string() })
            .nullable()
            .meta({ description: 'Why it was not decided; then `status` is null' }),
        })
        .meta({ id: 'DecisionResult' }),
    ),
  }),
});

export const wallColumn = z
  .object({
    accountId: id,
    bricks: z.int().meta({ description: 'The sum of `days`' }),
    days: z.array(z.object({ day, bricks: z.int().min(1) })),
  })
  .meta({ id: 'WallColumn' });

const getWall = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/wall',
  summary: 'Get the wall of a group',
  description:
    'Members; others get 404. The bricks that each member laid in the group, for each day of a month in the time zone of the group: certifications that are approved now. Also those of former members. Members without bricks are left out.',
  auth: 'account',
  query: z.strictObject({
    month: z
      .string()
      .regex(/^2\d{3}-(?:0[1-9]|1[0-2])$/, because('month'))
      .optional()
      .meta({ description: 'Default: this month in the time zone of the group', examples: ['2026-11'] }),
  }),
  result: z.object({ items: z.array(wallColumn) }),
});

const certificationChanged = serverEvent({
  name: 'certification.changed',
  summary: 'A certification that you may see was submitted or has changed',
  data: z
    .object({
      groupId: id,
      certificationId: id,
      status: status.nullable().meta({ description: 'Null: you no longer see it' }),
    })
    .meta({ id: 'CertificationChanged' }),
});
export type CertificationChanged = z.infer<typeof certificationChanged.data>;

export const contract = feature({
  name: 'certifications',
  summary: 'Certifications of missions, and decisions on them',
  routes: {
    submitCertification,
    skipMission,
    listCertifications,
    getCertification,
    editCertification,
    deleteCertification,
    approveCertification,
    denyCertification,
    decideCertifications,
    getWall,
  },
  events: { certificationChanged },
  consumers: {
    dropPhotos: {
      summary: 'Deletes the objects of photos that are no longer shown',
      entity: 'Certification',
      on: ['MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { deleteObjects: ['certifications/', 'uploads/'] },
      keeps: ['photos.id', 'groupId', 'undecoded'],
    },
  },
  rights: {
    http: {
      read: [
        ...(['Group', 'Membership', 'Mission', 'Certification', 'Account', 'Reported'] as const),
        ...(['ImageHash', 'MissionWeek', 'Cheer', 'CheerCount', 'CommentCount'] as const),
      ],
      query: [
        ...(['certificationsByStatus', 'certificationsOfMember', 'blocksOfAccount', 'rosterOfGroup'] as const),
        ...(['wallOfGroup', 'cheerCountsOfGroup', 'cheersOfMember', 'commentCountsOfGroup'] as const),
      ],
      write: [
        'Certification',
        'Mission',
        'MissionWeek',
        'MemberMonth',
        'WallWeek',
        'Account',
        'Decision',
        'Brick',
        'Throttle',
        'Outbox',
        'ImageHash',
      ],
      check: ['Membership'],
      readObjects: ['uploads/', 'certifications/', 'pictures/'],
      writeObjects: ['certifications/'],
      deleteObjects: ['certifications/'],
      secrets: ['UploadKey'],
    },
  },
  // Five photos of 10 MB, once as they were sent and once without metadata.
  tuning: { http: { memory: 1024 } },
});
