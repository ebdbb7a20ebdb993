import { seen } from '../../../shared/access/access.ts';
import { activeAuthority } from '../../../shared/access/accounts.ts';
import { stillSignedIn } from '../../../shared/access/signed-in.ts';
import { newId } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { pushServiceOf } from '../../../shared/product/push-service.ts';
import type { contract } from './contract.ts';
import type { DeviceItem } from './items.ts';
import type { Delivery, Push, PushMessage, Target } from './push.ts';
import type { PushKeys } from './push-keys.ts';
import {
  deviceIdOf,
  isPublicKey,
  isReceiptOf,
  isToBeAwaited,
  namedIn,
  receiptOf,
  receivedLately,
  silentSince,
} from './rules.ts';
import { awaited, received, registration, removal } from './store.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly pushKeys: PushKeys; readonly push: Push };

export async function getPushKey(
  _request: RouteRequest<Routes['getPushKey']>,
  { pushKeys }: Deps,
): Promise<Answer<Routes['getPushKey']>> {
  return { body: { publicKey: (await pushKeys.current()).vapid?.publicKey ?? null } };
}

/**
 * Row 19. A browser or an app is one device, whoever uses it: the claim moves with the last account that registered it,
 * in one transaction with the devices and counts of both, so that nobody's messages reach the next one's screen.
 */
export async function registerDevice(
  { body, account, locale, now }: RouteRequest<Routes['registerDevice']>,
  { table, pushKeys }: Deps,
): Promise<Answer<Routes['registerDevice']>> {
  const target = targetOf(body);
  if (target.kind === 'WEB') await requireUsable(target, pushKeys, locale);
  const deviceId = deviceIdOf(target);
  const device: DeviceItem = { ...account, deviceId, ...target, name: body.name, registeredAt: iso(now) };
  const { claim, own, before } = await table.getAll({
    claim: ref('DeviceClaim', { deviceId }),
    before: ref('Device', { accountId: account.accountId, deviceId }),
    own: ref('Authority', { accountId: account.accountId }),
  });
  const answer = { body: viewOf({ ...before, ...device }, account.sessionId, now) };
  await table.commit(registration(device, claim, stillSignedIn(account, activeAuthority(own), now)), answer);
  return answer;
}

/** The contract has made sure that there is what its kind asks for. */
const targetOf = ({ subscription, token = '' }: RouteRequest<Routes['registerDevice']>['body']): Target =>
  subscription ? { kind: 'WEB', endpoint: subscription.endpoint, ...subscription.keys } : { kind: 'FCM', token };

/** An endpoint is an address that moim will post to: it must be that of a push service. */
async function requireUsable(
  { endpoint, p256dh }: { readonly endpoint: string; readonly p256dh: string },
  pushKeys: PushKeys,
  locale: Locale,
) {
  const { fields } = catalogOf(locale);
  const errors = [
    ...(pushServiceOf(endpoint, (await pushKeys.current()).origins)
      ? []
      : [{ pointer: '/subscription/endpoint', reason: fields.pushEndpoint }]),
    ...(isPublicKey(p256dh) ? [] : [{ pointer: '/subscription/keys/p256dh', reason: fields.pushKey }]),
  ];
  if (errors.length > 0) throw new Problem('INVALID_REQUEST', { errors });
}

export async function listDevices(
  { account: { accountId, sessionId }, now }: RouteRequest<Routes['listDevices']>,
  { table }: Deps,
): Promise<Answer<Routes['listDevices']>> {
  const devices = await devicesOf(table, accountId);
  const newestFirst = devices.toSorted((a, b) => (a.registeredAt < b.registeredAt ? 1 : -1));
  return { body: { items: newestFirst.map((device) => viewOf(device, sessionId, now)) } };
}

export async function removeDevice(
  { params: { deviceId }, account: { accountId } }: RouteRequest<Routes['removeDevice']>,
  { table }: Deps,
): Promise<Answer<Routes['removeDevice']>> {
  await table.commit(removal('NOT_FOUND', { accountId, deviceId }));
  return noContent;
}

/** Row 159. The message is like any other, so its receipt says whether all of them arrive. */
export async function sendTestMessage(
  { params: { deviceId }, account: { accountId }, locale, now }: RouteRequest<Routes['sendTestMessage']>,
  deps: Deps,
): Promise<Answer<Routes['sendTestMessage']>> {
  const { table, tally, push } = deps;
  const device = seen(await table.get('Device', { accountId, deviceId }));
  await tally.count({ limit: 'pushTest', subject: accountId }, now);
  const link = { screen: 'devices' };
  const message = { id: newId(now), type: 'TEST', text: catalogOf(locale).pushTest, link, createdAt: iso(now) };
  const soon = await push.soon(AbortSignal.timeout(limits.push.eventMs));
  const answer = { body: { outcome: await sendTo(deps, device, message, now, soon) } };
  await table.commit([], answer);
  return answer;
}

/**
 * Row 159. Nothing is counted for a receipt that tells something new, so nobody can keep it from being noted. It is read first:
 * a condition that is refused costs as much as a write.
 */
export async function confirmPush(
  { body: { receipt }, place, now }: RouteRequest<Routes['confirmPush']>,
  { table, tally }: Deps,
): Promise<Answer<Routes['confirmPush']>> {
  const device = await table.get('Device', namedIn(receipt));
  const isRight = device !== undefined && isReceiptOf(receipt, device);
  const isNew = isRight && (device.receivedAt ?? '') < receivedLately(now);
  if (isNew) await table.commit([received(device, now)], noContent);
  else await tally.count({ limit: 'receiptFromPlace', subject: place }, now);
  if (!isRight) throw new Problem('NOT_FOUND');
  if (!isNew) await table.commit([], noContent);
  return noContent;
}

/** All devices of an account; no more than ten there ever are. */
export const devicesOf = async (table: Table, accountId: string): Promise<readonly DeviceItem[]> =>
  (await table.query('devicesOfAccount', { accountId }, { limit: 50, consistent: true })).items;

/** Drops a device as it was read; one that was registered again since, or is gone already, is left as it is. */
const dropDevice = async (table: Table, device: DeviceItem): Promise<void> =>
  void (await table.commit(removal(nothing, device)));

/** Drops what a session registered, when it has ended (row 10); without a session, all of the account (row 17). */
export async function dropDevicesOf(
  { table }: { readonly table: Table },
  accountId: string,
  sessionId?: string,
): Promise<void> {
  const devices = await devicesOf(table, accountId);
  const ended = devices.filter((device) => sessionId === undefined || device.sessionId === sessionId);
  await Promise.all(ended.map((device) => dropDevice(table, device)));
}

/** However a session ended (row 10). */
export async function dropDevices(
  { old }: Change<unknown, { readonly accountId: string; readonly sessionId: string }>,
  { table }: Kernel,
): Promise<void> {
  if (old) await dropDevicesOf({ table }, old.accountId, old.sessionId);
}

/** Sends a message to a device. One that is gone is dropped; one that has to confirm it is noted to be waited for. */
async function sendTo(
  { table, push }: Pick<Kernel, 'table'> & { readonly push: Push },
  device: DeviceItem,
  message: PushMessage,
  now: number,
  until: AbortSignal,
): Promise<Delivery> {
  const receipt = receiptOf(device);
  const outcome = await push.send(device, receipt === undefined ? message : { ...message, receipt }, until);
  if (outcome === 'GONE') await dropDevice(table, device);
  if (outcome === 'SENT' && receipt !== undefined && isToBeAwaited(device, now))
    await table.commit([awaited(device, now)]);
  return outcome;
}

/**
 * Sends a message to every device of an account at the same time, and drops those that are gone. Best effort: what fails
 * is logged and never thrown, because the notification is stored, and a device that is away is no reason to deliver it anew.
 */
export async function pushTo(
  deps: Kernel & { readonly push: Push },
  accountId: string,
  message: PushMessage,
  { now, until }: { readonly now: number; readonly until: AbortSignal },
): Promise<void> {
  const { table, push, log } = deps;
  try {
    if (!(await push.isOn())) return;
    const soon = await push.soon(until);
    const devices = await devicesOf(table, accountId);
    await inParallel(limits.push.devices, devices, (device) => sendTo(deps, device, message, now, soon));
  } catch (error) {
    log.warn({ error }, 'not pushed');
  }
}

const viewOf = (device: DeviceItem, ownSessionId: string, now: number) => {
  const { deviceId, kind, name, sessionId, registeredAt, receivedAt = null } = device;
  const current = sessionId === ownSessionId;
  return {
    id: deviceId,
    kind,
    name,
    sessionId,
    current,
    registeredAt,
    receivedAt,
    silentSince: silentSince(device, now),
  };
};
