import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';

const kind = z.enum(['WEB', 'FCM']).meta({ description: 'A browser, by Web Push; an app, by FCM' });
const name = z
  .string()
  .trim()
  .max(limits.deviceName)
  .regex(/^\P{Cc}*$/u);

const device = z
  .object({
    id,
    kind,
    name: z.string(),
    sessionId: id.meta({ description: 'The session that it belongs to' }),
    current: z.boolean().meta({ description: 'Whether that is the session that asks' }),
    registeredAt: instant,
  })
  .meta({ id: 'Device' });

/** What `PushSubscription.toJSON()` gives in a browser. */
const subscription = z.strictObject({
  endpoint: z.string().max(1000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    p256dh: z
      .string()
      .regex(/^[\w-]{87}=?$/)
      .meta({ description: 'The public key of the subscription, base64url' }),
    auth: z
      .string()
      .regex(/^[\w-]{22}(==)?$/)
      .meta({ description: 'Its authentication secret, base64url' }),
  }),
});

const getPushKey = route({
  method: 'GET',
  path: '/v1/push-key',
  summary: 'The key that browsers subscribe to push messages with',
  description:
    '`applicationServerKey` of `pushManager.subscribe`. Null where the deployment has none: then there is no Web Push. A subscription made with another key gets nothing any more: subscribe again (row 19).',
  auth: 'none',
  result: z.object({ publicKey: z.string().nullable() }),
});

const registerDevice = route({
  method: 'POST',
  path: '/v1/accounts/me/devices',
  summary: 'Have push messages sent to this browser or app',
  description:
    'With what the browser (`subscription`) or FCM (`token`) gave to it. It belongs to the session that registers it and ends with it. Registering it again, with every start of the app, keeps it fresh; registered by another account, it is theirs and no longer the first one’s. Ten at most. What does not exist any more is dropped at the next message (row 19).',
  auth: 'account',
  body: z
    .strictObject({
      kind,
      name: name.default(''),
      subscription: subscription.optional(),
      token: z
        .string()
        .max(1000)
        .regex(/^[\w:.-]{20,}$/)
        .optional()
        .meta({ description: 'What FCM gave to the app' }),
    })
    .refine(
      ({ kind, subscription, token }) =>
        (subscription !== undefined) === (kind === 'WEB') && (token !== undefined) === (kind === 'FCM'),
      { path: ['kind'] },
    )
    .meta({ examples: [{ kind: 'FCM', name: 'Pixel', token: 'dGVzdA:APA91bExample-of-a-token' }] }),
  status: 201,
  result: device,
  problems: ['TOO_MANY_DEVICES'],
});

const listDevices = route({
  method: 'GET',
  path: '/v1/accounts/me/devices',
  summary: 'Where push messages of the own account go',
  auth: 'account',
  result: z.object({ items: z.array(device) }),
});

const removeDevice = route({
  method: 'DELETE',
  path: '/v1/accounts/me/devices/{deviceId}',
  summary: 'Send no more push messages to a device',
  auth: 'account',
});

export const contract = feature({
  name: 'devices',
  summary: 'Where push messages go: browsers and apps',
  routes: { getPushKey, registerDevice, listDevices, removeDevice },
  consumers: {
    dropDevices: {
      summary: 'Sends no more push messages to what a session registered that is over',
      entity: 'Session',
      on: ['REMOVE'],
      lane: 'live',
      rights: { query: ['devicesOfAccount'], write: ['Device', 'DeviceClaim', 'NotificationSettings'] },
      keeps: ['accountId', 'sessionId'],
    },
  },
  rights: {
    http: {
      read: ['DeviceClaim'],
      query: ['devicesOfAccount'],
      write: ['Device', 'DeviceClaim', 'NotificationSettings'],
      check: ['Session'],
      secrets: ['PushKeys'],
    },
  },
});
