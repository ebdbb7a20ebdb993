import { kind } from '../../../shared/data/kind.ts';
import type { Asked } from '../../../shared/data/outbox.ts';
import type { Audience, Category } from '../../groups/core/values.ts';
import type { MissionItem } from '../missions/items.ts';
import type { Photo } from './photo.ts';
import type { Status } from './values.ts';

export interface CertificationItem {
  readonly groupId: string;
  readonly certificationId: string;
  readonly missionId: string;
  /** The title of the mission, as it was at submission. */
  readonly missionTitle?: string;
  /** Its mission is done once. */
  readonly once?: true;
  readonly accountId: string;
  readonly status: Status;
  /** The approval policy and the way of the mission, as they were at submission. */
  readonly approval: MissionItem['approval'];
  readonly way: MissionItem['way'];
  readonly reason?: string;
  /** Who was asked to decide on it, while it waits. */
  readonly askedBy?: Asked;
  readonly text: string;
  readonly link?: string;
  readonly photos: readonly Photo[];
  /** Pictures that the items of its checklist ask for, one for each. */
  readonly itemPhotos?: number;
  /** When it was done, if that was on a day that was over when it was sent (row 155). */
  readonly occurredAt?: string;
  /** It makes up for a missed day (row 137). */
  readonly madeUp?: true;
  /** A photo is not decoded yet. Whether it can be is not known, so nobody can approve it. */
  readonly undecoded?: true;
  /** A photo could not be decoded: all were dropped, and its day is free again. */
  readonly broken?: true;
  /**
   * Since when it is hidden, by reports or a decision (row 83). Its author and those who decide on reports still see
   * it.
   */
  readonly hiddenAt?: string;
  /**
   * When its brick was first laid. It stays through edits and denials: laid again, the brick counts in that week of leagues
   * alone (row 161). Absent if it was never approved, and on certifications from before it was kept.
   */
  readonly laidAt?: string;
  readonly day: string;
  readonly version: number;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** The bricks that a member has laid in a group in one ISO week: a count for each day (`2026-11-28`). */
export interface WallWeekItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly week: string;
  readonly [day: `2${string}`]: number;
}

/** A group has seen this photo: the certification that shows it, the first if several do. */
export interface ImageHashItem {
  readonly groupId: string;
  readonly hash: string;
  readonly certificationId: string;
  readonly createdAt: string;
}

/** The ledger row of a brick. */
export interface BrickItem {
  readonly accountId: string;
  readonly certificationId: string;
  readonly groupId: string;
  /** When it was first laid, also if it was taken away and laid again. */
  readonly earnedAt: string;
  /** Row 161: what the group was about, and for whom, when the brick was laid. Absent on rows from before leagues. */
  readonly category?: Category;
  readonly audience?: Audience;
}

export const items = {
  Certification: kind<CertificationItem>()({
    about: 'what shows that a mission was done',
    pk: 'CERTIFICATIONS#{groupId}',
    sk: 'CERTIFICATION#{certificationId}',
    gsi1: { pk: 'CERTIFICATIONS#{groupId}#{status}', sk: '{modifiedAt}#{certificationId}' },
    gsi2: { pk: 'CERTIFICATIONS_OF#{accountId}#{groupId}', sk: '{createdAt}#{certificationId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'certificationsOfGroup' } },
      account: { stays: 'without a name: it was written for the group' },
    },
    archive: { as: 'certifications', found: { pattern: 'certificationsOfMember', with: 'Membership' } },
    secret: ['askedBy'],
    patterns: {
      certificationsOfGroup: { serves: 'every certification of a group' },
      certificationsByStatus: { serves: "a group's certifications in one state, by their last change", index: 'gsi1' },
      certificationsOfMember: { serves: "a member's certifications in a group, newest first", index: 'gsi2' },
    },
  }),
  WallWeek: kind<WallWeekItem>()({
    about: "a member's bricks in a group, for each day of one ISO week: what the wall of the group shows",
    pk: 'WALL#{groupId}',
    sk: 'WEEK#{week}#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'wallOfGroup' } },
      account: { stays: 'the days of the certifications, which stay' },
    },
    archive: { not: 'the days of the certifications, which are in it' },
    patterns: {
      wallOfGroup: { serves: 'how many bricks its members have laid each day, by week' },
    },
  }),
  ImageHash: kind<ImageHashItem>()({
    about: 'which certification of a group was the first to show a photo',
    pk: 'HASHES#{groupId}',
    sk: 'HASH#{hash}',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'hashesOfGroup' } } },
    patterns: {
      hashesOfGroup: { serves: 'the photos that a group has seen' },
    },
  }),
  Brick: kind<BrickItem>()({
    about: 'ledger row: this certification is approved and worth one brick',
    pk: 'BRICKS#{accountId}',
    sk: 'BRICK#{certificationId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { stays: 'it is its owner’s, who earned it' },
      account: { stays: 'it hangs on a certification that stays, and goes if that is denied' },
    },
    archive: { as: 'bricks', found: { pattern: 'bricksOfAccount' } },
    patterns: {
      bricksOfAccount: { serves: 'the bricks of an account' },
    },
  }),
} as const;
