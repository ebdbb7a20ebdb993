import { kind } from '../../../shared/data/kind.ts';

export interface UploadItem {
  readonly uploadId: string;
  readonly accountId: string;
  /** The group that it is for; absent if it is for the account itself. */
  readonly groupId?: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** The file's name, where it is one to be fetched again under it. */
  readonly name?: string;
  /** Set once it has become a picture, so it cannot become another. A used upload of a group is deleted instead. */
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
