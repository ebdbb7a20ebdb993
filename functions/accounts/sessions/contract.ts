import * as z from 'zod';
import { because, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { emailAddress, line, timeZone, typedCode } from '../../../shared/product/text-fields.ts';
import { clubProblems, clubToJoin, throughClubRights } from '../../groups/clubs/contract.ts';
import { account, locale, loginId, nickname, password, ticket } from '../accounts/contract.ts';
import { challenge, secondCode, shownPasskey } from '../factors/contract.ts';
import { openers } from './values.ts';

export const session = z
  .object({
    accessToken: z.string().meta({ description: 'Bearer token, valid for 15 minutes' }),
    accessExpiresAt: instant,
    refreshToken: z.string().nullable().meta({
      description:
        'Works for one refresh until `refreshExpiresAt`: within 14 days, and within 90 days of the sign-in (12 hours for administrators). Replace it by the new one as soon as an answer arrives. Null if it is in the cookie `__Host-moim-refresh`',
    }),
    refreshExpiresAt: instant,
    deviceToken: z.string().nullable().meta({
      description:
        'Keep it on the device, also after a sign-out, and send it with every sign-in and refresh. It keeps wrong guesses of strangers from slowing down your sign-in, and keeps you signed in if the answer to a refresh is lost. Null if there is no new one.',
    }),
    accountId: id,
  })
  .meta({ id: 'Session' });

const deviceToken = z.string().max(200);
const keep = z.enum(['BODY', 'COOKIE']).meta({
  description:
    'BODY: the refresh token is in the answer (apps). COOKIE: it is in a cookie that scripts cannot read (web)',
});
const device = line({ max: limits.deviceName }).meta({
  description: 'Name of the device in the list of sessions',
});
/** The fields that every way to sign in takes besides its proof. */
export const signInOptions = {
  device: device.default(''),
  deviceToken: deviceToken.optional(),
  keep: keep.default('BODY'),
};

const signUp = route({
  method: 'POST',
  path: '/v1/accounts',
  summary: 'Sign up',
  description:
    'Open to guests with a ticket for the purpose REGISTER. The address, the login id and the nickname are claimed in the same transaction. If the deployment approves accounts, the account starts as PENDING. With `club` the account also applies to a club: its features answer 403 MEMBERSHIP_PENDING until the club accepts; everything else works at once. Answers a session, or null while the account is PENDING.',
  auth: 'none',
  event: 'SIGN_UP',
  fromPlace: 'signUpFromPlace',
  body: z.strictObject({
    ticket,
    password,
    nickname,
    loginId: loginId.optional(),
    locale: locale.default('ko'),
    timeZone: timeZone.default('Asia/Seoul'),
    club: clubToJoin.optional(),
    ...signInOptions,
  }),
  status: 201,
  result: account.extend({ session: session.nullable() }).meta({ id: 'NewAccount' }),
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED', 'EMAIL_TAKEN', 'LOGIN_ID_TAKEN', 'NICKNAME_TAKEN', ...clubProblems],
});

const signIn = route({
  method: 'POST',
  path: '/v1/sessions',
  summary: 'Sign in',
  description:
    'Open to guests, with an e-mail address or a login id. An unknown account and a wrong password get the same answer in the same time. If the account has an authenticator app, a right password alone gets CODE_NEEDED: send the same request with `code`. A sixth device signs out the one that signed in first.',
  auth: 'none',
  event: 'SIGN_IN',
  fromPlace: { byService: 'signInAtPlace' },
  body: z
    .strictObject({
      email: emailAddress.optional(),
      loginId: loginId.optional(),
      password: z.string().max(200),
      code: secondCode.optional(),
      ...signInOptions,
    })
    .refine((body) => (body.email === undefined) !== (body.loginId === undefined), {
      ...because('emailOrLoginId'),
      path: ['email'],
    })
    .meta({ examples: [{ email: 'mina@example.com', password: 'Correct-Horse-7' }] }),
  status: 201,
  result: session,
  problems: [
    'SIGN_IN_FAILED',
    'CODE_NEEDED',
    'CODE_INVALID',
    'ACCOUNT_PENDING',
    'ACCOUNT_REJECTED',
    'ACCOUNT_SUSPENDED',
    'TOO_MANY_REQUESTS',
  ],
});

const refresh = route({
  method: 'POST',
  path: '/v1/sessions/refresh',
  summary: 'Exchange a refresh token for new tokens',
  description:
    'A client keeps two things: the newest refresh token and the device token. Each refresh token works once. If the answer was lost, repeat the request: with the device token it gets the same new refresh token until the client has used that. Without a device token, this holds for a minute and from the same network connection. Any other reuse of a token ends the session. Without a token in the body, the cookie is used if the page belongs to the deployment.',
  auth: 'none',
  event: 'REFRESH',
  fromPlace: { byService: 'refreshFromPlace' },
  body: z.strictObject({ refreshToken: z.string().max(300).optional(), deviceToken: deviceToken.optional() }),
  result: session,
  problems: ['REFRESH_INVALID', 'ORIGIN_REFUSED'],
});

const signOut = route({
  method: 'DELETE',
  path: '/v1/sessions/current',
  summary: 'Sign out',
  description: 'Ends the session, its sockets and its push messages.',
  auth: 'account',
  event: 'SIGN_OUT',
});

const listSessions = route({
  method: 'GET',
  path: '/v1/sessions',
  summary: 'List your signed-in devices',
  description: 'Last signed in first.',
  auth: 'account',
  event: 'NONE',
  result: z.object({
    items: z.array(
      z.object({ id, device: z.string(), current: z.boolean(), createdAt: instant, refreshedAt: instant }),
    ),
  }),
});

const endSession = route({
  method: 'DELETE',
  path: '/v1/sessions/{sessionId}',
  summary: 'Sign out a device',
  description: 'Idempotent: answers 204 if the session has already ended.',
  auth: 'account',
  event: 'SESSION_ENDED',
});

const signOutEverywhere = route({
  method: 'DELETE',
  path: '/v1/sessions',
  summary: 'Sign out every device',
  description: 'Ends all sessions, also this one, with their sockets and push messages.',
  auth: 'account',
  event: 'SIGNED_OUT_EVERYWHERE',
});

const getPasskeyChallenge = route({
  method: 'GET',
  path: '/v1/passkey-challenges',
  summary: 'Get a challenge for a passkey',
  description:
    'Open to guests. Give `publicKey` to `navigator.credentials.get()`, and send its answer within five minutes: to sign in, or to prove who you are. A challenge works once. `publicKey` names no `rpId`: a browser takes the host of its page. An app gives the host of the site that its passkeys belong to.',
  auth: 'none',
  event: 'NONE',
  kept: false,
  result: challenge,
});

const signInWithPasskey = route({
  method: 'POST',
  path: '/v1/passkey-sign-ins',
  summary: 'Sign in with a passkey',
  description: 'Open to guests. The passkey says whose it is. It needs no password and no code.',
  auth: 'none',
  event: 'SIGN_IN',
  fromPlace: 'codeFromPlace',
  body: z.strictObject({ credential: shownPasskey, ...signInOptions }),
  status: 201,
  result: session,
  problems: ['PASSKEY_INVALID', 'SIGN_IN_FAILED', 'ACCOUNT_PENDING', 'ACCOUNT_REJECTED', 'ACCOUNT_SUSPENDED'],
});

const prove = route({
  method: 'POST',
  path: '/v1/sessions/current/proofs',
  summary: 'Prove again who you are',
  description:
    'For routes that answer PROOF_NEEDED, in one of the ways that the problem names. The proof counts for five minutes, for this session alone. A sign-in counts as one too.',
  auth: 'account',
  event: 'PROOF',
  body: z.discriminatedUnion('way', [
    z.strictObject({ way: z.literal('PASSWORD'), password: z.string().max(200) }),
    z.strictObject({ way: z.literal('PASSKEY'), credential: shownPasskey }),
    z.strictObject({ way: z.literal('TOTP'), code: secondCode }),
    z.strictObject({ way: z.literal('MAIL'), code: typedCode.max(20), request: z.string().max(200) }),
  ]),
  result: z.object({ provedUntil: instant }),
  problems: ['PASSWORD_WRONG', 'PASSKEY_INVALID', 'CODE_INVALID', 'TOO_MANY_REQUESTS'],
});

const requestProofCode = route({
  method: 'POST',
  path: '/v1/sessions/current/proofs/mail',
  summary: 'Mail yourself a code as proof',
  description: 'Goes to the address of your account. Another code can be sent from `resendAt` on.',
  auth: 'account',
  event: 'CODE_REQUESTED',
  status: 202,
  result: z.object({
    request: z.string().meta({ description: 'Keep it, and send it with the code' }),
    expiresAt: instant,
    resendAt: instant,
  }),
  problems: ['NOT_APPLICABLE', 'TOO_MANY_REQUESTS'],
});

const listSignIns = route({
  method: 'GET',
  path: '/v1/sign-ins',
  summary: 'List your sign-ins',
  description: 'Sign-ins of the last 90 days, newest first.',
  auth: 'account',
  event: 'NONE',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z.object({
      id: id.meta({ description: 'The session' }),
      device: z.string(),
      way: z.enum(openers),
      isNewDevice: z.boolean(),
      at: instant,
    }),
  ),
});

/** The keys that are replaced every month. */
export const monthly = ['SessionKey', 'DeviceKey', 'CodeKey'] as const;

export const contract = feature({
  name: 'sessions',
  summary: 'Signing up and in, staying signed in, and checking access tokens',
  routes: {
    signUp,
    signIn,
    refresh,
    signOut,
    listSessions,
    endSession,
    signOutEverywhere,
    getPasskeyChallenge,
    signInWithPasskey,
    prove,
    requestProofCode,
    listSignIns,
  },
  jobs: {
    rotateKeys: {
      summary: 'Puts new keys in use; what the previous ones made stays valid',
      schedule: { cron: '0 4 1 * ? *', zone: 'Asia/Seoul' },
    },
  },
  consumers: {
    sessionOpened: {
      summary: 'Signs out the oldest of more than five devices; notes the sign-in, and tells of a new device',
      entity: 'Session',
      on: ['INSERT'],
      lane: 'live',
      rights: {
        read: ['Account'],
        query: ['sessionsOfAccount'],
        write: ['SignIn', 'Mail', 'Outbox'],
        remove: ['Session'],
      },
    },
    sessionEnded: {
      summary: 'Closes the sockets of an ended session',
      entity: 'Session',
      on: ['REMOVE'],
      lane: 'live',
      rights: { query: ['connectionsOfAccount'], write: ['Connection', 'Presence'], postToSockets: true },
      keeps: ['accountId', 'sessionId'],
    },
    authorityChanged: {
      summary: 'Ends sessions after a new password or a lost right',
      entity: 'Authority',
      on: ['MODIFY', 'REMOVE'],
      lane: 'live',
      rights: { read: ['Authority'], query: ['sessionsOfAccount'], remove: ['Session'] },
      keeps: ['accountId', 'sessionVersion', 'status'],
    },
  },
  answersFor: ['httpAuthorizer'],
  rights: {
    http: {
      read: [
        'Account',
        'Administrator',
        'Authority',
        'Credential',
        'EmailCode',
        'EmailTicket',
        'Factors',
        'KeySet',
        'Quota',
        'Totp',
        ...throughClubRights.read,
      ],
      query: ['sessionsOfAccount', 'signInsOfAccount'],
      write: [
        'Session',
        'Quota',
        'Account',
        'Authority',
        'Credential',
        'NicknameClaim',
        'EmailCode',
        'Factors',
        'Totp',
        'UsedChallenge',
        'KeySet',
        ...throughClubRights.write,
      ],
      remove: ['EmailTicket'],
      check: ['Authority', 'Quota', ...throughClubRights.check],
      secrets: ['SessionKey', 'DeviceKey', 'CodeKey'],
    },
    httpAuthorizer: { read: ['KeySet'] },
    job: { rotate: monthly },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
