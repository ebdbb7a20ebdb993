import * as z from 'zod';
import { feature, id, instant, route } from '../../shared/core/contract.ts';

const kind = z.enum(['WEB', 'FCM']).meta({ description: 'A browser, by Web Push; an app, by FCM' });
const name = z
  .string()
  .trim()
  .max(60)
  .regex(/^\P{Cc}*$/u);

const device = z
  .object({
    id,
    kind,
    name: z.string(),
    current: z.boolean().meta({ description: 'Whether it belongs to the session that asks' }),
    registeredAt: instant,
  })
  .meta({ id: 'Device' });

/** What `PushSubscription.toJSON()` gives in a browser. */
const subscription = z.strictObject({
  endpoint: z
    .string()
    .max(1000)
    .meta({ examples: ['https://updates.push.services.mozilla.com/wpush/v2/gAAAAABpexample'] }),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    p256dh: z
      .string()
      .regex(/^[\w-]{87}=?$/)
      .meta({
        examples: ['BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'],
        description: 'The public key of the subscription, base64url',
      }),
    auth: z
      .string()
      .regex(/^[\w-]{22}(==)?$/)
      .meta({ examples: ['BTBZMqHH6r4Tts7J_aSIgg'], description: 'Its authentication secret, base64url' }),
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
    'With what the browser or FCM gave to it. It belongs to the session that registers it and ends with it. Registering it again, with every start of the app, keeps it fresh; registered by another account, it is theirs and no longer the first one’s. Ten at most. What does not exist any more is dropped at the next message (row 19).',
  auth: 'account',
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('WEB'), name: name.default(''), subscription }),
    z.strictObject({
      kind: z.literal('FCM'),
      name: name.default(''),
      token: z
        .string()
        .max(1000)
        .regex(/^[\w:.-]{20,}$/),
    }),
  ]),
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
