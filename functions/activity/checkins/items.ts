import { kind } from '../../../shared/data/kind.ts';

/** The member for whom a device counts at a meeting: the last one at which it was used. */
export interface CheckInDeviceItem {
  /** A hash of the group and of what the device calls itself: it says nothing about other groups. */
  readonly hash: string;
  readonly groupId: string;
  /** The day of the meeting. */
  readonly day: string;
  readonly accountId: string;
  readonly expiresAt: number;
}

export const items = {
  CheckInDevice: kind<CheckInDeviceItem>()({
    about: 'claim of a device at a meeting: it counts for one member',
    pk: 'CHECKINDEVICE#{hash}',
    sk: 'CLAIM',
    life: '2 d',
    of: { group: 'groupId', account: 'accountId' },
    fate: { group: { expires: true }, account: { expires: true } },
    archive: { not: 'a hash for two days; the attendance says what came of it' },
  }),
} as const;
