import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { fileTypeNames, isNamedAs } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';

const body = z.strictObject({
  type: z.enum(limits.image.types),
  bytes: z.int().min(1).max(limits.image.bytes),
});
const result = z.object({
  uploadId: id,
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  expiresAt: instant,
});

const allowUpload = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/uploads',
  summary: 'Ask to upload an image for a certification',
  description:
    'Answers a form: post its fields, then the file as `file`, to its address within five minutes. The bucket takes exactly the type and size asked for. Name the upload in a certification within a day, or it is dropped (row 108).',
  auth: 'account',
  body,
  status: 201,
  result,
  problems: ['TOO_MANY_REQUESTS'],
});

const allowPictureUpload = route({
  method: 'POST',
  path: '/v1/accounts/me/uploads',
  summary: 'Ask to upload an image for the own picture',
  description: 'As for a certification; name the upload as the picture within a day (row 16).',
  auth: 'account',
  body,
  status: 201,
  result,
  problems: ['TOO_MANY_REQUESTS'],
});

/** No path, no control or invisible character, as macOS and Windows would both write it. */
const fileName = z
  .string()
  .trim()
  .min(1)
  .max(limits.file.name)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+$/u);

const allowFileUpload = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/files',
  summary: 'Ask to upload a file for the recruit post of a group',
  description:
    'By who may edit the group. As for a certification; its name ends as files of its type do. Name the upload among the files of the group when editing it, within a day (rows 32, 108).',
  auth: 'account',
  body: z
    .strictObject({
      name: fileName,
      type: z.enum(fileTypeNames),
      bytes: z.int().min(1).max(limits.file.bytes),
    })
    .refine(({ type, name }) => isNamedAs(type, name), { path: ['name'] })
    .meta({ examples: [{ name: 'Plan.pdf', type: 'application/pdf', bytes: 48_213 }] }),
  status: 201,
  result,
  problems: ['TOO_MANY_REQUESTS'],
});

export const contract = feature({
  name: 'files',
  summary: 'Uploads straight to the bucket',
  routes: { allowUpload, allowFileUpload, allowPictureUpload },
  rights: {
    http: { read: ['Group', 'Membership'], write: ['Upload', 'Quota'], writeObjects: ['uploads/'] },
  },
});
