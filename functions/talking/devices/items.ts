import { kind } from '../../../shared/data/kind.ts';
import type { Target } from './push.ts';

export type DeviceItem = Target & {
  readonly accountId: string;
  readonly deviceId: string;
  /** The session that registered it: it ends with it. */
  readonly sessionId: string;
  readonly name: string;
  readonly registeredAt: string;
  /** When it last confirmed a message; noted once a day at most. */
  readonly receivedAt?: string;
  /** The first message that it has not confirmed, unless it confirmed another one in the day before. */
  readonly awaitingSince?: string;
};

/** Whose a device is. There exactly while that account has the device. */
export interface DeviceClaimItem {
  readonly deviceId: string;
  readonly accountId: string;
}

export const items = {
  Device: kind<DeviceItem>()({
    about: 'where push messages to an account go: a browser or an app of one of its sessions',
    pk: 'DEVICES#{accountId}',
    sk: 'DEVICE#{deviceId}',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with its claim and its count', by: 'dropDevicesOf (talking/devices/service.ts)' } },
    archive: { as: 'devices', found: { pattern: 'devicesOfAccount' } },
    secret: ['endpoint', 'p256dh', 'auth', 'token'],
    patterns: {
      devicesOfAccount: { serves: 'where push messages to an account go' },
    },
  }),
  DeviceClaim: kind<DeviceClaimItem>()({
    about: 'claim of a browser or an app: its push messages are for one account, the last that registered it',
    pk: 'DEVICE#{deviceId}',
    sk: 'CLAIM',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with the device' } },
    archive: { not: 'the device is in it' },
  }),
} as const;
