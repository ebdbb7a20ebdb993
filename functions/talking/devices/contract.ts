import * as z from 'zod';
import { because, feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line } from '../../../shared/product/text-fields.ts';

const kind = z.enum(['WEB', 'FCM']).meta({ description: 'WEB: a browser, by Web Push. FCM: an app' });
const name = line({ max: limits.deviceName });

const device = z
  .object({
    id,
    kind,
    name: z.string(),
    sessionId: id.meta({ description: 'The session that it belongs to' }),
    current: z.boolean().meta({ description: 'Whether it belongs to the current session' }),
    registeredAt: instant,
    receivedAt: instant
      .nullable()
      .meta({ description: 'When it last confirmed a message, within a day. Null: not yet, or it is an app' }),
    silentSince: instant
      .nullable()
      .meta({ description: 'Since when it has confirmed none of its messages, if that is three days or more' }),
  })
  .meta({ id: 'Device' });

/** The result of `PushSubscription.toJSON()` in a browser. */
const subscription = z.strictObject({
  endpoint: z.string().max(1000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    p256dh: z
      .string()
      .regex(/^[\w-]{87}=?$/, because('pushKey'))
      .meta({ description: 'The public key of the subscription, base64url' }),
    auth: z
      .string()
      .regex(/^[\w-]{22}(==)?$/, because('pushKey'))
      .meta({ description: 'The authentication secret of the subscription, base64url' }),
  }),
});

const getPushKey = route({
  method: 'GET',
  path: '/v1/push-key',
  summary: 'Get the public key for Web Push',
  description:
    'Open to guests. Pass it to `pushManager.subscribe` as `applicationServerKey`. Null if this deployment has no Web Push. A subscription made with another key stops working: subscribe again.',
  auth: 'none',
  result: z.object({ publicKey: z.string().nullable() }),
});

const registerDevice = route({
  method: 'POST',
  path: '/v1/accounts/me/devices',
  summary: 'Register a browser or an app for push',
  description:
    'Send the `subscription` of the browser, or the `token` that FCM gave to the app. The device belongs to the current session and ends with it. Idempotent: register again at every start of the app. Registering it from another account moves it there. An account has at most ten devices. A device that no longer exists is removed at the next message.',
  auth: 'account',
  body: z
    .strictObject({
      kind,
      name: name.default(''),
      subscription: subscription.optional(),
      token: z
        .string()
        .max(1000)
        .regex(/^[\w:.-]{20,}$/, because('pushToken'))
        .optional()
        .meta({ description: 'The token that FCM gave to the app' }),
    })
    .refine(
      ({ kind, subscription, token }) =>
        (subscription !== undefined) === (kind === 'WEB') && (token !== undefined) === (kind === 'FCM'),
      { ...because('deviceProof'), path: ['kind'] },
    )
    .meta({ examples: [{ kind: 'FCM', name: 'Pixel', token: 'dGVzdA:APA91bExample-of-a-token' }] }),
  status: 201,
  result: device,
  problems: ['TOO_MANY_DEVICES'],
});

const listDevices = route({
  method: 'GET',
  path: '/v1/accounts/me/devices',
  summary: 'List your push devices',
  auth: 'account',
  result: z.object({ items: z.array(device) }),
});

const removeDevice = route({
  method: 'DELETE',
  path: '/v1/accounts/me/devices/{deviceId}',
  summary: 'Stop push messages to a device',
  auth: 'account',
});

const sendTestMessage = route({
  method: 'POST',
  path: '/v1/accounts/me/devices/{deviceId}/test',
  summary: 'Send a test message to your device',
  description:
    'Waits until the push service has answered, five seconds at most. SENT: it has taken the message. GONE: the device no longer exists and was removed; register it again. FAILED: the push service did not take the message. OFF: this deployment has no keys for it.',
  auth: 'account',
  result: z.object({ outcome: z.enum(['SENT', 'GONE', 'FAILED', 'OFF']) }),
  problems: ['TOO_MANY_REQUESTS'],
});

const confirmPush = route({
  method: 'POST',
  path: '/v1/push-receipts',
  summary: 'Confirm that a push message arrived',
  description:
    'Browsers send the `receipt` of each message from their worker, without an access token. It belongs to the device alone. moim notes it once a day; repetitions change nothing. A receipt of no device gets 404.',
  auth: 'none',
  fromPlace: { byService: 'receiptFromPlace' },
  body: z
    .strictObject({
      receipt: z
        .string()
        .max(200)
        .regex(/^[\da-f-]{36}\.[\da-f-]{36}\.[\w-]{43}$/, because('pushReceipt'))
        .meta({ description: 'The `receipt` of a message' }),
    })
    .meta({
      examples: [
        {
          receipt:
            '01900000-0000-7000-8000-000000000001.01900000-0000-5000-8000-000000000002.qTm0cPq2u9ZcJ0sXkq3VYw0m4mKk8Xc1nC6w2mJ5b1E',
        },
      ],
    }),
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
});

export const contract = feature({
  name: 'devices',
  summary: 'Browsers and apps that get push messages',
  routes: { getPushKey, registerDevice, listDevices, removeDevice, sendTestMessage, confirmPush },
  consumers: {
    dropDevices: {
      summary: 'Removes the push devices of an ended session',
      entity: 'Session',
      on: ['REMOVE'],
      lane: 'live',
      rights: { query: ['devicesOfAccount'], write: ['Device', 'DeviceClaim', 'NotificationSettings'] },
      keeps: ['accountId', 'sessionId'],
    },
  },
  rights: {
    http: {
      read: ['DeviceClaim', 'Device'],
      query: ['devicesOfAccount'],
      write: ['Device', 'DeviceClaim', 'NotificationSettings'],
      check: ['Session', 'Authority'],
      secrets: ['PushKeys'],
    },
  },
});
