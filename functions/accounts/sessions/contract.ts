import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { email, loginId } from '../accounts/contract.ts';

export const session = z
  .object({
    accessToken: z.string().meta({ description: 'Bearer token, valid for 15 minutes' }),
    accessExpiresAt: instant,
    refreshToken: z.string().nullable().meta({
      description: 'Good for one refresh, within 14 days; null where it is in the cookie `moim-refresh`',
    }),
    refreshExpiresAt: instant,
    deviceToken: z.string().nullable().meta({
      description:
        'Keep it on the device, also after a sign-out, and send it with every sign-in and refresh: it keeps strangers’ wrong guesses from slowing down your own sign-in. Null where nothing new is given.',
    }),
    accountId: id,
  })
  .meta({ id: 'Session' });

export const deviceToken = z.string().max(200);
const keep = z.enum(['BODY', 'COOKIE']).meta({
  description: 'Where the refresh token goes: into the answer (apps), or into a cookie that no script can read (web)',
});
export const device = z
  .string()
  .trim()
  .max(limits.deviceName)
  .meta({ description: 'What the list of devices calls it' });
/** The fields that every way to sign in takes besides its proof. */
export const signInOptions = {
  device: device.default(''),
  deviceToken: deviceToken.optional(),
  keep: keep.default('BODY'),
};

const signIn = route({
  method: 'POST',
  path: '/v1/sessions',
  summary: 'Sign in',
  description:
    'With an e-mail address or a login id. An unknown one and a wrong password get the same answer after the same time. Of six devices the one signed in first is signed out (rows 4, 8, 9, 130).',
  auth: 'none',
  body: z
    .strictObject({
      email: email.optional(),
      loginId: loginId.optional(),
      password: z.string().max(200),
      ...signInOptions,
    })
    .refine((body) => (body.email === undefined) !== (body.loginId === undefined), { path: ['email'] })
    .meta({ examples: [{ email: 'mina@example.com', password: 'Correct-Horse-7' }] }),
  status: 201,
  result: session,
  problems: ['SIGN_IN_FAILED', 'ACCOUNT_PENDING', 'ACCOUNT_REJECTED', 'TOO_MANY_REQUESTS'],
});

const refresh = route({
  method: 'POST',
  path: '/v1/sessions/refresh',
  summary: 'Exchange a refresh token for new tokens',
  description:
    'The token is rotated: it works once. Sending it again within a minute from the same device gives the same answer; any other use of it again ends the session. Without a token in the body the one in the cookie is taken, if the page is the product’s own (rows 8, 9).',
  auth: 'none',
  body: z.strictObject({ refreshToken: z.string().max(300).optional(), deviceToken: deviceToken.optional() }),
  result: session,
  problems: ['REFRESH_INVALID', 'ORIGIN_REFUSED'],
});

const signOut = route({
  method: 'DELETE',
  path: '/v1/sessions/current',
  summary: 'Sign out',
  description: 'Ends the session, its sockets and its push messages (row 10).',
  auth: 'account',
});

const listSessions = route({
  method: 'GET',
  path: '/v1/sessions',
  summary: 'The devices one is signed in on, last signed in first',
  auth: 'account',
  result: z.object({
    items: z.array(
      z.object({ id, device: z.string(), current: z.boolean(), createdAt: instant, refreshedAt: instant }),
    ),
  }),
});

const endSession = route({
  method: 'DELETE',
  path: '/v1/sessions/{sessionId}',
  summary: 'Sign a device out',
  description: 'One that is signed out already is fine.',
  auth: 'account',
});

export const contract = feature({
  name: 'sessions',
  summary: 'Signing in and staying signed in; judging access tokens for the gateway',
  routes: { signIn, refresh, signOut, listSessions, endSession },
  jobs: {
    rotateSigningKey: {
      summary: 'Puts a new signing key in use; what the one before it signed stays good',
      schedule: { cron: '0 4 1 * ? *', zone: 'Asia/Seoul' },
    },
  },
  consumers: {
    sessionOpened: {
      summary: 'Signs out the oldest of more than five devices',
      entity: 'Session',
      on: ['INSERT'],
      lane: 'live',
      rights: { query: ['sessionsOfAccount'], write: ['Session'] },
    },
    sessionEnded: {
      summary: 'Closes the sockets of a session that is over',
      entity: 'Session',
      on: ['REMOVE'],
      lane: 'live',
      rights: { query: ['connectionsOfAccount'], write: ['Connection', 'Presence'], postToSockets: true },
      keeps: ['accountId', 'sessionId'],
    },
    accountChanged: {
      summary: 'Ends the sessions that a new password or a lost right ends',
      entity: 'Account',
      on: ['MODIFY'],
      lane: 'live',
      rights: { read: ['Account'], query: ['sessionsOfAccount'], write: ['Session'] },
    },
  },
  answersFor: ['httpAuthorizer'],
  rights: {
    http: {
      read: ['Credential', 'Quota'],
      query: ['sessionsOfAccount'],
      write: ['Session', 'Quota', 'Credential'],
      check: ['Account', 'Quota'],
      secrets: ['SigningKey'],
    },
    httpAuthorizer: { secrets: ['SigningKey'] },
    job: { rotate: ['SigningKey'] },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
