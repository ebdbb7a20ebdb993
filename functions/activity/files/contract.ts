import * as z from 'zod';
import { because, feature, instant, route } from '../../../shared/core/contract.ts';
import { fileTypeNames, isNamedAs } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { fileName } from '../../../shared/product/text-fields.ts';

const body = z.strictObject({
  // A missing type is called missing, as any field.
  type: z.enum(limits.image.types, { error: ({ input }) => (input === undefined ? undefined : 'imageType') }),
  bytes: z.int().min(1).max(limits.image.bytes, because('fileTooLarge')),
});
/** An upload in a request: its sealed ticket. A longer one has a long file name. The limit is what `ticketOf` can make. */
export const uploadId = z
  .string()
  .max(limits.uploadTicket)
  .regex(/^[\w.-]{36,}$/, because('id'))
  .meta({ description: 'The `uploadId` of an allowed upload, as it was answered' });

/** What an upload is allowed by: a form for the bucket. */
export const uploadForm = z.object({
  uploadId: z.string().max(limits.uploadTicket).meta({ description: 'Names the upload in later requests. Opaque' }),
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  expiresAt: instant,
});

/** A file of any type that may be attached. Its name ends as its type does. */
export const attachment = z
  .strictObject({
    name: fileName(limits.file.name),
    type: z.enum(fileTypeNames),
    bytes: z.int().min(1).max(limits.file.bytes, because('fileTooLarge')),
  })
  .refine(({ type, name }) => isNamedAs(type, name), { ...because('fileEnding'), path: ['name'] })
  .meta({ examples: [{ name: 'Plan.pdf', type: 'application/pdf', bytes: 48_213 }] });

const allowUpload = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/uploads',
  summary: 'Request an image upload for a certification',
  description:
    'Members; others get 404. Answers a form: within five minutes, post its fields and then the file as `file` to its address. The bucket accepts exactly the requested type and size. Use the upload in a certification of this group within a day. It is used up when its photo is decoded.',
  auth: 'account',
  body,
  status: 201,
  result: uploadForm,
  problems: ['TOO_MANY_REQUESTS'],
});

const allowPictureUpload = route({
  method: 'POST',
  path: '/v1/accounts/me/uploads',
  summary: 'Request an image upload for your picture',
  description: 'Works like an upload for a certification. Choose it as your picture within a day, or it is deleted.',
  auth: 'account',
  body,
  status: 201,
  result: uploadForm,
  problems: ['TOO_MANY_REQUESTS'],
});

const allowFileUpload = route({
  method: 'POST',
  path: '/v1/groups/{groupId}/files',
  summary: 'Request a file upload for a group',
  description:
    'Leaders; others get 404. Works like an upload for a certification. The name must end in an extension of the type. Add the upload to the files of the recruit post within a day, or it is deleted.',
  auth: 'account',
  body: attachment,
  status: 201,
  result: uploadForm,
  problems: ['TOO_MANY_REQUESTS'],
});

export const contract = feature({
  name: 'files',
  summary: 'Uploads straight to the bucket',
  routes: { allowUpload, allowFileUpload, allowPictureUpload },
  rights: {
    http: {
      read: ['Group', 'Membership'],
      write: ['Quota'],
      writeObjects: ['uploads/'],
      secrets: ['UploadKey'],
    },
  },
});
