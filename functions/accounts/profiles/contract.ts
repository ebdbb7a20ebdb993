import * as z from 'zod';
import { because, day, edit, feature, id, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { linkHost, text, timeZone, webAddress } from '../../../shared/product/text-fields.ts';
import { uploadId } from '../../activity/files/contract.ts';
import { reputation } from '../../activity/reviews/contract.ts';
import { locale, nickname } from '../accounts/contract.ts';
import { genders } from '../accounts/values.ts';

const introduction = text({ max: limits.introduction });
const website = webAddress(limits.website);
const gender = z.enum(genders);
const birthDate = z.iso
  .date()
  .refine((date) => date >= limits.earliestBirthDate, because('birthDateTooEarly'))
  .meta({ description: 'A day in the past', examples: ['1999-12-31'] });
const zone = timeZone.meta({ description: 'IANA time zone', examples: ['Asia/Seoul'] });
const avatar = z.int().min(1).max(limits.avatars);

const picture = z
  .object({ avatar: avatar.nullable(), url: z.url().nullable(), thumbnailUrl: z.url().nullable() })
  .meta({
    id: 'Picture',
    description:
      'A built-in avatar, or an uploaded image as WebP with a square thumbnail (addresses good for at least 10 minutes). If all are null, show the default picture',
  });

const ownProfile = z
  .object({
    id,
    nickname: z
      .string()
      .meta({ description: 'The name that everybody sees. Real names are only in profiles of clubs' }),
    introduction: z.string().nullable(),
    website: z.string().nullable(),
    websiteHost: linkHost,
    gender: gender.nullable(),
    birthDate: z.iso.date().nullable(),
    locale,
    timeZone: z.string(),
    picture,
    version: z.int().meta({ description: 'Version of the account. Send it as `If-Match`; it is also the ETag' }),
  })
  .meta({ id: 'OwnProfile' });

const profile = z
  .object({
    id,
    nickname: z.string(),
    introduction: z.string().nullable(),
    website: z.string().nullable(),
    websiteHost: linkHost,
    picture,
    createdOn: day.meta({ description: 'The day of the sign-up, in the time zone of the person' }),
    reviews: reputation,
    blocked: z.boolean().meta({ description: 'Whether you have blocked this person' }),
  })
  .meta({ id: 'Profile' });

const getOwnProfile = route({
  method: 'GET',
  path: '/v1/accounts/me/profile',
  summary: 'Get your profile',
  auth: 'account',
  result: ownProfile,
  problems: ['NOT_FOUND'],
});

const editProfile = route({
  method: 'PATCH',
  path: '/v1/accounts/me',
  summary: 'Edit your profile',
  description: 'Omitted fields stay as they are; null removes a value. Only you see your gender and birth date.',
  auth: 'account',
  body: edit({
    nickname: nickname.optional(),
    introduction: introduction.nullable().optional(),
    website: website.nullable().optional(),
    gender: gender.nullable().optional(),
    birthDate: birthDate.nullable().optional(),
    locale: locale.optional(),
    timeZone: zone.optional(),
  }),
  result: ownProfile,
  problems: ['NOT_FOUND', 'NICKNAME_TAKEN', 'PRECONDITION_FAILED'],
});

const setPicture = route({
  method: 'PUT',
  path: '/v1/accounts/me/picture',
  summary: 'Choose an avatar or an uploaded image',
  description:
    'The image is turned upright, scaled to 1024 pixels and encoded anew, so that no location, camera data or text remains. Animated images and images above 50 megapixels are refused; `errors` say why.',
  auth: 'account',
  body: z
    .strictObject({ avatar: avatar.optional(), uploadId: uploadId.optional() })
    .refine((body) => (body.avatar === undefined) !== (body.uploadId === undefined), {
      ...because('avatarOrUpload'),
      // Faults of one of them come first.
      when: ({ issues }) => issues.length === 0,
    })
    .meta({ description: 'Exactly one of the two', minProperties: 1, maxProperties: 1, examples: [{ avatar: 1 }] }),
  result: ownProfile,
  problems: ['NOT_FOUND', 'UPLOAD_INVALID', 'TOO_MANY_REQUESTS', 'PRECONDITION_FAILED'],
});

const removePicture = route({
  method: 'DELETE',
  path: '/v1/accounts/me/picture',
  summary: 'Remove your picture',
  description: 'The default picture takes its place.',
  auth: 'account',
  problems: ['NOT_FOUND', 'PRECONDITION_FAILED'],
});

const getProfile = route({
  method: 'GET',
  path: '/v1/accounts/{accountId}',
  summary: 'Get the profile of a person',
  description: 'Signed-in people see the public part.',
  auth: 'account',
  result: profile,
});

export const contract = feature({
  name: 'profiles',
  summary: 'Nickname, picture and introduction of people',
  routes: { getOwnProfile, editProfile, setPicture, removePicture, getProfile },
  consumers: {
    dropPicture: {
      summary: 'Deletes the images of a replaced picture, and the file of a new one',
      entity: 'Account',
      on: ['MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { deleteObjects: ['uploads/', 'pictures/'] },
      keeps: ['picture'],
    },
  },
  due: {
    dropUnusedPicture: {
      summary: 'Deletes images of an expired upload that no account shows',
      rights: { read: ['Account'], listObjects: ['pictures/'], deleteObjects: ['pictures/'] },
    },
  },
  rights: {
    http: {
      read: ['Account', 'ReviewScore', 'Block'],
      write: ['Account', 'NicknameClaim', 'Due', 'Quota'],
      readObjects: ['uploads/', 'pictures/'],
      writeObjects: ['pictures/'],
      secrets: ['UploadKey'],
    },
  },
  // 50 megapixels take 930 MB on their way; and memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769, timeout: 25 } },
});
