import { kind } from '../../../shared/data/kind.ts';

export interface UploadItem {
  readonly uploadId: string;
  readonly accountId: string;
  /** The group it is meant for; none where it is for the account itself. */
  readonly groupId?: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** The file's name, where it is one to be fetched again under it. */
  readonly name?: string;
  /** There when it has become a picture: it can become no other. Of a group's, the whole item is gone then. */
  readonly usedAt?: string;
  readonly expiresAt: number;
}

export const items = {
  Upload: kind<UploadItem>()({
    about: 'an upload that was allowed and is not used yet; of a picture, also after that',
    pk: 'UPLOAD#{uploadId}',
    sk: 'UPLOAD',
    life: '24 h',
    of: { group: 'groupId', account: 'accountId' },
    fate: { group: { expires: true }, account: { expires: true } },
    archive: { not: 'gone by itself within a day' },
  }),
} as const;
