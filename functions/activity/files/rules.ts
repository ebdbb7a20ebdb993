import type { UploadItem } from './items.ts';

/** Where an upload arrives; the bucket drops what is there after a day. */
export const arrivalKey = (uploadId: string) => `uploads/${uploadId}`;
/**
 * Where the image of a certification stays. The content's tag is part of the key: a file that is swapped between two uses
 * becomes another object, and cannot change one that is in use.
 */
export const certificationKey = (groupId: string, uploadId: string, etag: string) =>
  `certifications/${groupId}/${uploadId}-${etag.replaceAll('"', '')}`;

/** Where a file of a group's recruit post stays, and the prefix of every object that was ever made of one upload. */
export const filePrefix = (groupId: string, uploadId: string) => `files/${groupId}/${uploadId}-`;
export const fileKey = (groupId: string, uploadId: string, etag: string) =>
  `${filePrefix(groupId, uploadId)}${etag.replaceAll('"', '')}`;

/** Seconds before its end in which an upload is not begun to be used: longer than a function can be at work on it. */
const margin = 60;

/** Whether an upload is an account's own, for a group or, without one, for itself; unused and not about to end. */
export const isOwn = (
  upload: UploadItem,
  { accountId, groupId }: { readonly accountId: string; readonly groupId?: string },
  now: number,
) =>
  upload.accountId === accountId &&
  upload.groupId === groupId &&
  upload.usedAt === undefined &&
  upload.expiresAt - margin > now / 1000;
