import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../../shared/core/ids.ts';

interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The account that an upload belongs to, and the group that it is for; without a group it is for the account itself. */
export interface Owner {
  readonly accountId: string;
  readonly groupId?: string;
}

/** An upload that was allowed. */
export interface Upload {
  /** A UUID: it names the objects that the upload becomes. */
  readonly uploadId: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Seconds since 1970. From then on it cannot be used. */
  readonly expiresAt: number;
  /** The file's name, if people download it under that name. */
  readonly name?: string;
}

/**
 * The ticket of an upload: what was allowed, and a seal that only moim can make. Clients know it as `uploadId`. It takes the
 * place of an item. The seal also covers the owner, so a ticket is worth nothing to others and in other groups.
 */
export function ticketOf(key: Key, owner: Owner, upload: Upload): string {
  const { uploadId, mediaType, bytes, expiresAt, name } = upload;
  const claims = Buffer.from(JSON.stringify([uploadId, mediaType, bytes, expiresAt, name])).toString('base64url');
  return [claims, key.id, sealOf(key, owner, claims)].join('.');
}

/** A ticket that was read. Only `isSealed` tells whether it is true. */
export interface Ticket {
  readonly claims: string;
  readonly keyId: string;
  readonly seal: string;
  readonly upload: Upload;
}

/** The parts of a ticket; undefined for any other text. */
export function readTicket(text: string): Ticket | undefined {
  const parts = /^([\w-]{1,720})\.([\w-]{12})\.([\w-]{43})$/.exec(text);
  if (!parts) return undefined;
  const [, claims = '', keyId = '', seal = ''] = parts;
  try {
    const [uploadId, mediaType, bytes, expiresAt, name] = JSON.parse(Buffer.from(claims, 'base64url').toString());
    if (!isId(uploadId)) return undefined;
    const upload = { uploadId, mediaType, bytes, expiresAt, ...(name === null ? {} : { name }) } as Upload;
    return { claims, keyId, seal, upload };
  } catch {
    return undefined;
  }
}

/** Whether moim made a ticket for this owner. */
export const isSealed = (key: Key, owner: Owner, { claims, seal }: Ticket) =>
  timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(key, owner, claims)));

const sealOf = (key: Key, { accountId, groupId = '' }: Owner, claims: string) =>
  createHmac('sha256', key.bytes).update(`upload:${accountId}:${groupId}:${claims}`).digest('base64url');

/** Seconds before its end in which an upload is not begun to be used: longer than a function can be at work on it. */
const margin = 60;

/** Whether an upload may still be used. */
export const isUsable = ({ expiresAt }: Pick<Upload, 'expiresAt'>, now: number) => expiresAt - margin > now / 1000;

/** The id of the upload that a ticket claims to be of. Any other text is taken for an id itself. */
export const claimedId = (text: string) => readTicket(text)?.upload.uploadId ?? text;

/** Where an upload arrives; the bucket drops what is there after a day. */
export const arrivalKey = (uploadId: string) => `uploads/${uploadId}`;

const tag = (etag: string) => etag.replaceAll('"', '');

/** The prefix of every object that was ever made of one upload of a file. */
export const filePrefix = (groupId: string, uploadId: string) => `files/${groupId}/${uploadId}-`;

/**
 * Where a file of a group's recruit post stays. The version of the group that it is added to is part of the key. So a file
 * that is taken off and added again gets another key, and a late deletion of the old key does not harm it.
 */
export const fileKey = (groupId: string, uploadId: string, etag: string, version: number) =>
  `${filePrefix(groupId, uploadId)}${tag(etag)}-${version}`;
