import { above, absent, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { check, create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { DeviceClaimItem, DeviceItem } from './items.ts';

/** The count of an account's devices. It stands with the settings, which every delivery reads. */
const counted = (accountId: string) =>
  upsert(
    'NotificationSettings',
    { accountId },
    { add: { devices: 1 } },
    anyOf(absent('devices'), below('devices', limits.push.devices)),
  );
const uncounted = (accountId: string) => upsert('NotificationSettings', { accountId }, { add: { devices: -1 } });

/**
 * The writes that register a device, given the claim that was read: `session` is refused where the session has ended,
 * `count` where the account has as many as it may, any other where the claim is not as it was.
 */
export function registration(device: DeviceItem, claim: DeviceClaimItem | undefined, now: number) {
  const { accountId, deviceId, sessionId, ...rest } = device;
  const alive = check('Session', { accountId, sessionId }, above('expiresAt', now / 1000));
  if (claim?.accountId === accountId) {
    const again = patch('Device', { accountId, deviceId }, { set: { sessionId, ...rest } });
    return { session: alive, device: again, count: undefined, ...noOtherWrites };
  }
  return {
    session: alive,
    device: create('Device', { ...device }),
    count: counted(accountId),
    ...(claim
      ? {
          claim: patch('DeviceClaim', { deviceId }, { set: { accountId } }, is('accountId', claim.accountId)),
          theirDevice: remove('Device', { accountId: claim.accountId, deviceId }),
          theirCount: uncounted(claim.accountId),
        }
      : { ...noOtherWrites, claim: create('DeviceClaim', { deviceId, accountId }) }),
  };
}
const noOtherWrites = { claim: undefined, theirDevice: undefined, theirCount: undefined };

/** The writes that take a device out; with `registeredAt`, only if it was not registered again since. */
export const removal = (
  accountId: string,
  deviceId: string,
  registeredAt?: string,
): Record<'device' | 'claim' | 'count', Write> => ({
  device: remove(
    'Device',
    { accountId, deviceId },
    registeredAt === undefined ? undefined : is('registeredAt', registeredAt),
  ),
  claim: remove('DeviceClaim', { deviceId }, is('accountId', accountId)),
  count: uncounted(accountId),
});
