import * as z from 'zod';
import { because, feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { isReservedName } from '../../../shared/product/names.ts';
import { tidyAddress } from '../../../shared/product/text.ts';
import { emailAddress, line, seenAtLeast, timeZone, typedCode } from '../../../shared/product/text-fields.ts';
import { clubProblems, clubToJoin, throughClubRights } from '../../groups/clubs/contract.ts';
import { accountRoles, accountStatuses, purposes } from './values.ts';

export const loginId = z
  .string()
  .overwrite(tidyAddress)
  .toLowerCase()
  .min(limits.loginId.min)
  .max(limits.loginId.max)
  .regex(/^[a-z0-9_]+$/, because('loginId'));
export const locale = z.enum(['ko', 'en']);
/** The fewest characters are counted as people see them: one emoji made of many is no name. */
export const nickname = line(limits.nickname)
  .check(seenAtLeast(limits.nickname.min))
  .refine((name) => !isReservedName(name), because('reservedName'));
/** The rule itself is one answer for all that is wrong (`PASSWORD_REFUSED`); this only bounds what is looked at. */
const password = z.string().max(200);
const ticket = z.string().max(200);
const emailCode = typedCode
  .refine((code) => /^\d{6}$/.test(code), because('emailCode'))
  .meta({ description: 'Six digits; spaces and hyphens between them do not matter', examples: ['123456'] });
const deviceToken = z.string().max(200).meta({
  description: 'The token of a device on which the address has signed in. Requests of strangers do not count for it',
});
const purpose = z.enum(purposes).meta({
  description:
    'REGISTER: to sign up. PASSWORD: to set a new password. EMAIL: to move an account to this address. LEAVE: to get a copy of an account that was not approved, or to erase it',
});
export const accountStatus = z.enum(accountStatuses).exclude(['WITHDRAWN']);

export const account = z
  .object({
    id,
    email: z.string().nullable(),
    loginId: z.string().nullable(),
    nickname: z
      .string()
      .meta({ description: 'The name that everybody sees. Real names are only in profiles of clubs' }),
    locale,
    timeZone: z.string(),
    role: z.enum(accountRoles),
    status: accountStatus.meta({ description: 'PENDING: the account waits for the approval of an administrator' }),
    hasPassword: z.boolean(),
    bricks: z.int().meta({ description: 'One brick for each approved certification' }),
    version: z.int().meta({ description: 'Send it as `If-Match`; it is also the ETag' }),
    createdAt: instant,
  })
  .meta({ id: 'Account' });

const requestEmailCode = route({
  method: 'POST',
  path: '/v1/email-verifications',
  summary: 'Send a code to an e-mail address',
  description:
    'Open to guests. Always answers 202, whether or not an account has the address; only the mail differs. Another code can be sent from `resendAt` on, and replaces the one before. Codes that others request for the address, and their guesses, do not affect yours.',
  auth: 'none',
  fromPlace: { byService: 'mailFromPlace' },
  body: z.strictObject({ email: emailAddress, purpose, deviceToken: deviceToken.optional() }),
  status: 202,
  result: z.object({
    request: z.string().meta({ description: 'Keep it, and send it with the code' }),
    expiresAt: instant,
    resendAt: instant,
  }),
  problems: ['TOO_MANY_REQUESTS'],
});

const confirmEmailCode = route({
  method: 'POST',
  path: '/v1/email-verifications/confirm',
  summary: 'Exchange a code for a ticket',
  description:
    'Open to guests. The ticket proves the address for the same purpose. A code works once and allows five tries. `registered` tells the reader of the mail whether the address has an account.',
  auth: 'none',
  fromPlace: 'codeFromPlace',
  body: z.strictObject({
    email: emailAddress,
    purpose,
    code: emailCode,
    request: z.string().max(200).optional().meta({
      description:
        'The value in the answer to the request for the code. Without it, only a code that was requested from the same network connection is accepted',
    }),
  }),
  result: z.object({ ticket: z.string(), expiresAt: instant, registered: z.boolean() }),
  problems: ['CODE_INVALID'],
});

const signUp = route({
  method: 'POST',
  path: '/v1/accounts',
  summary: 'Sign up',
  description:
    'Open to guests with a ticket for the purpose REGISTER. The address, the login id and the nickname are claimed in the same transaction. If the deployment approves accounts, the account starts as PENDING. With `club` the account also applies to a club: its features answer 403 MEMBERSHIP_PENDING until the club accepts; everything else works at once.',
  auth: 'none',
  fromPlace: 'signUpFromPlace',
  body: z.strictObject({
    ticket,
    password,
    nickname,
    loginId: loginId.optional(),
    locale: locale.default('ko'),
    timeZone: timeZone.default('Asia/Seoul'),
    club: clubToJoin.optional(),
  }),
  status: 201,
  result: account,
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED', 'EMAIL_TAKEN', 'LOGIN_ID_TAKEN', 'NICKNAME_TAKEN', ...clubProblems],
});

const getOwnAccount = route({
  method: 'GET',
  path: '/v1/accounts/me',
  summary: 'Get your account',
  auth: 'account',
  result: account,
  problems: ['NOT_FOUND'],
});

const checkAvailability = route({
  method: 'GET',
  path: '/v1/availability',
  summary: 'Check a nickname, login id or team name',
  description:
    'Open to guests. A hint for forms: only the write decides. Names of teams need not be unique: `teamName` says whether a public team has the name, and private teams do not count. Addresses cannot be checked; their owners learn it when they confirm a code.',
  auth: 'none',
  fromPlace: 'availabilityFromPlace',
  query: z
    .strictObject({
      nickname: nickname.optional(),
      loginId: loginId.optional(),
      teamName: line({ min: 1, max: limits.group.title }).optional(),
    })
    .refine((query) => Object.values(query).filter((value) => value !== undefined).length === 1, {
      ...because('oneName'),
      path: ['nickname'],
    }),
  result: z.object({ available: z.boolean() }),
});

const findLoginId = route({
  method: 'POST',
  path: '/v1/login-id-reminders',
  summary: 'Mail a login id to its owner',
  description:
    'Open to guests. Always answers 202, whether or not an account has the address. Another mail can be sent from `resendAt` on.',
  auth: 'none',
  fromPlace: { byService: 'mailFromPlace' },
  body: z.strictObject({ email: emailAddress, deviceToken: deviceToken.optional() }),
  status: 202,
  result: z.object({ resendAt: instant }),
  problems: ['TOO_MANY_REQUESTS'],
});

const resetPassword = route({
  method: 'POST',
  path: '/v1/password-resets',
  summary: 'Set a new password with a ticket',
  description:
    'Open to guests with a ticket for the purpose PASSWORD. Signs out every device. Send the `deviceToken` with the next sign-in, so that wrong guesses of strangers do not slow it down.',
  auth: 'none',
  fromPlace: 'ticketFromPlace',
  body: z.strictObject({ ticket, password }),
  status: 201,
  result: z.object({ deviceToken: z.string() }),
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED'],
});

const changePassword = route({
  method: 'PUT',
  path: '/v1/accounts/me/password',
  summary: 'Change your password',
  description: 'Signs out every device, including this one.',
  auth: 'account',
  body: z.strictObject({ currentPassword: password, password }),
  problems: ['NOT_FOUND', 'PASSWORD_WRONG', 'PASSWORD_REFUSED', 'TOO_MANY_REQUESTS'],
});

const changeEmail = route({
  method: 'PUT',
  path: '/v1/accounts/me/email',
  summary: 'Move your account to another address',
  description:
    'Needs a ticket for the purpose EMAIL, and the password if the account has one. Sends a notice to the old address and signs out every device.',
  auth: 'account',
  body: z.strictObject({ ticket, currentPassword: password.optional() }),
  problems: ['NOT_FOUND', 'TICKET_INVALID', 'PASSWORD_WRONG', 'EMAIL_TAKEN', 'TOO_MANY_REQUESTS'],
});

export const contract = feature({
  name: 'accounts',
  summary: 'E-mail verification, sign-up and passwords',
  routes: {
    requestEmailCode,
    confirmEmailCode,
    signUp,
    getOwnAccount,
    checkAvailability,
    findLoginId,
    resetPassword,
    changePassword,
    changeEmail,
  },
  consumers: {
    mailCode: {
      summary: 'Mails a code that somebody requested',
      entity: 'EmailCode',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: {
        read: ['EmailCode', 'Credential', 'Suppression'],
        write: ['Quota'],
        check: ['Quota'],
        sendMail: true,
        secrets: ['SigningKey'],
      },
      // SES answers in 200 ms. While it does not, an inbox must not wait a second for what is mailed beside it.
      within: 800,
    },
  },
  rights: {
    http: {
      read: ['Account', 'Ticket', 'Credential', 'NicknameClaim', 'EmailCode', ...throughClubRights.read],
      query: ['groupsWithWord'],
      write: [
        'Account',
        'Credential',
        'NicknameClaim',
        'EmailCode',
        'Ticket',
        'Quota',
        'Throttle',
        'Mail',
        ...throughClubRights.write,
      ],
      check: ['Session', 'Quota', ...throughClubRights.check],
      secrets: ['SigningKey'],
    },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
