import * as z from 'zod';
import { feature, id, instant, route } from '../../shared/core/contract.ts';
import { limits } from '../../shared/core/limits.ts';

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

export const contract = feature({
  name: 'files',
  summary: 'Uploads straight to the bucket',
  routes: { allowUpload, allowPictureUpload },
  rights: {
    http: { read: ['Group', 'Membership'], write: ['Upload', 'Quota'], writeObjects: ['uploads/'] },
  },
});
