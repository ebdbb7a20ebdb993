import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing, type Outcome, overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part } from '../../../shared/data/table.ts';
import { create, patch, remove, upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { DeviceClaimItem, DeviceItem } from './items.ts';
import { receivedLately } from './rules.ts';

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
 * The writes that register a device, given the claim that was read: overtaken where the claim is not as it was, because
 * the device was registered or dropped elsewhere at this moment.
 *
 * @param alive what must hold of the session that registers it
 */
export function registration(device: DeviceItem, claim: DeviceClaimItem | undefined, alive: Part): Part[] {
  const { accountId, deviceId, sessionId, ...rest } = device;
  if (claim?.accountId === accountId)
    return [alive, or(overtaken, patch('Device', { accountId, deviceId }, { set: { sessionId, ...rest } }))];
  return [
    alive,
    or('TOO_MANY_DEVICES', counted(accountId)),
    or(overtaken, create('Device', device)),
    claim
      ? [
          or(overtaken, patch('DeviceClaim', { deviceId }, { set: { accountId } }, is('accountId', claim.accountId))),
          or(overtaken, remove('Device', { accountId: claim.accountId, deviceId })),
          uncounted(claim.accountId),
        ]
      : or(overtaken, create('DeviceClaim', { deviceId, accountId })),
  ];
}

/** The writes that take a device out; with `registeredAt`, only if it was not registered again since. */
export const removal = (
  meaning: Outcome,
  {
    accountId,
    deviceId,
    registeredAt,
  }: Pick<DeviceItem, 'accountId' | 'deviceId'> & { readonly registeredAt?: string },
): Part[] => [
  or(
    meaning,
    remove(
      'Device',
      { accountId, deviceId },
      registeredAt === undefined ? undefined : is('registeredAt', registeredAt),
    ),
  ),
  or(meaning, remove('DeviceClaim', { deviceId }, is('accountId', accountId))),
  uncounted(accountId),
];

const ofDevice = ({ accountId, deviceId }: DeviceItem) => ({ accountId, deviceId });
const notLately = (now: number) => anyOf<'receivedAt'>(absent('receivedAt'), below('receivedAt', receivedLately(now)));

/** Notes that messages arrive, once a day at most. A device that is gone by now needs nothing. */
export const received = (device: DeviceItem, now: number): Part =>
  or(
    nothing,
    patch('Device', ofDevice(device), { set: { receivedAt: iso(now) }, remove: ['awaitingSince'] }, notLately(now)),
  );

/** Notes the first message that is not confirmed. Nothing if the browser was faster than this write. */
export const awaited = (device: DeviceItem, now: number): Part =>
  or(
    nothing,
    patch(
      'Device',
      ofDevice(device),
      { set: { awaitingSince: iso(now) } },
      allOf(absent('awaitingSince'), notLately(now)),
    ),
  );
