import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { canonicalZone, isTimeZone } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { accountRoles, accountStatuses, purposes } from './values.ts';

/** E-mail addresses compare without case: they are lower-cased before anything else sees them. */
export const email = z.email().max(254).toLowerCase();
export const loginId = z
  .string()
  .toLowerCase()
  .min(limits.loginId.min)
  .max(limits.loginId.max)
  .regex(/^[a-z0-9_]+$/);
export const locale = z.enum(['ko', 'en']);
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone)
  .overwrite(canonicalZone)
  .meta({ description: 'IANA time zone, e.g. Asia/Seoul' });
/** No control characters, no space at either end; length is counted in characters as people see them in the schema. */
export const nickname = z
  .string()
  .trim()
  .normalize()
  .min(limits.nickname.min)
  .max(limits.nickname.max)
  .regex(/^[\p{L}\p{N}\p{P}\p{S} ]+$/u);
/** The rule itself is one answer for all that is wrong (`PASSWORD_REFUSED`); this only bounds what is looked at. */
const password = z.string().max(200);
const ticket = z.string().max(200);
const purpose = z.enum(purposes).meta({
  description: 'To sign up, to set a new password, or to move an account to this address',
});
export const accountStatus = z.enum(accountStatuses).exclude(['WITHDRAWN']);

export const account = z
  .object({
    id,
    email: z.string().nullable(),
    loginId: z.string().nullable(),
    nickname: z.string(),
    locale,
    timeZone: z.string(),
    role: z.enum(accountRoles),
    status: accountStatus.meta({ description: 'PENDING: an administrator has to approve the account first (row 13)' }),
    hasPassword: z.boolean(),
    bricks: z.int().meta({ description: 'Approved certifications, one brick each (row 67)' }),
    version: z.int().meta({ description: 'For `If-Match`; also the ETag' }),
    createdAt: instant,
  })
  .meta({ id: 'Account' });

const requestEmailCode = route({
  method: 'POST',
  path: '/v1/email-verifications',
  summary: 'Send a code to an e-mail address',
  description: 'Answers the same whether or not an account has the address; the mail differs (row 1).',
  auth: 'none',
  body: z.strictObject({ email, purpose }),
  status: 202,
  result: z.object({ expiresAt: instant, resendAt: instant }),
  problems: ['TOO_MANY_REQUESTS'],
});

const confirmEmailCode = route({
  method: 'POST',
  path: '/v1/email-verifications/confirm',
  summary: 'Exchange a code for a ticket',
  description:
    'The ticket is needed for what the code was asked for (row 2). A code works once and may be tried five times. Whoever reads the mails of an address may know whether it has an account: `registered` says so (row 6).',
  auth: 'none',
  body: z.strictObject({ email, purpose, code: z.string().regex(/^\d{6}$/) }),
  result: z.object({ ticket: z.string(), expiresAt: instant, registered: z.boolean() }),
  problems: ['CODE_INVALID'],
});

const signUp = route({
  method: 'POST',
  path: '/v1/accounts',
  summary: 'Sign up',
  description:
    'Address, login id and nickname are taken in one transaction with the account. Where the deployment approves accounts, it starts PENDING (rows 3-6, 13).',
  auth: 'none',
  body: z.strictObject({
    ticket,
    password,
    nickname,
    loginId: loginId.optional(),
    locale: locale.default('ko'),
    timeZone: timeZone.default('Asia/Seoul'),
  }),
  status: 201,
  result: account,
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED', 'EMAIL_TAKEN', 'LOGIN_ID_TAKEN', 'NICKNAME_TAKEN'],
});

const getOwnAccount = route({
  method: 'GET',
  path: '/v1/accounts/me',
  summary: 'The own account',
  auth: 'account',
  result: account,
  problems: ['NOT_FOUND'],
});

const checkAvailability = route({
  method: 'GET',
  path: '/v1/availability',
  summary: 'Whether a nickname or a login id is free',
  description:
    'A hint for a form: only the write decides. Of addresses it tells nothing to strangers; their owners learn it from the code’s confirmation (row 6).',
  auth: 'none',
  query: z
    .strictObject({ nickname: nickname.optional(), loginId: loginId.optional() })
    .refine((query) => (query.nickname === undefined) !== (query.loginId === undefined), { path: ['nickname'] }),
  result: z.object({ available: z.boolean() }),
  problems: ['TOO_MANY_REQUESTS'],
});

const findLoginId = route({
  method: 'POST',
  path: '/v1/login-id-reminders',
  summary: 'Have the login id mailed to its owner',
  description: 'Answers the same whether or not an account has the address (row 11).',
  auth: 'none',
  body: z.strictObject({ email }),
  status: 202,
  result: z.object({}),
  problems: ['TOO_MANY_REQUESTS'],
});

const resetPassword = route({
  method: 'POST',
  path: '/v1/password-resets',
  summary: 'Set a new password with a ticket',
  description:
    'With a ticket for the purpose PASSWORD. Signs every device out; the answer’s `deviceToken` lets the next sign-in pass strangers’ wrong guesses (rows 2, 12, 130).',
  auth: 'none',
  body: z.strictObject({ ticket, password }),
  status: 201,
  result: z.object({ deviceToken: z.string() }),
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED'],
});

const changePassword = route({
  method: 'PUT',
  path: '/v1/accounts/me/password',
  summary: 'Change the own password',
  description: 'Signs every device out, this one too (row 12).',
  auth: 'account',
  body: z.strictObject({ currentPassword: password, password }),
  problems: ['NOT_FOUND', 'PASSWORD_WRONG', 'PASSWORD_REFUSED', 'TOO_MANY_REQUESTS', 'PRECONDITION_FAILED'],
});

const changeEmail = route({
  method: 'PUT',
  path: '/v1/accounts/me/email',
  summary: 'Move the own account to another address',
  description:
    'With a ticket for the purpose EMAIL, and the password if the account has one. The old address is told; every device is signed out.',
  auth: 'account',
  body: z.strictObject({ ticket, currentPassword: password.optional() }),
  problems: [
    'NOT_FOUND',
    'TICKET_INVALID',
    'PASSWORD_WRONG',
    'EMAIL_TAKEN',
    'TOO_MANY_REQUESTS',
    'PRECONDITION_FAILED',
  ],
});

export const contract = feature({
  name: 'accounts',
  summary: 'Who someone is: e-mail verification, sign-up, passwords',
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
      summary: 'Mails a code when one was asked for',
      entity: 'EmailCode',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: { read: ['EmailCode', 'Credential', 'Suppression'], sendMail: true, secrets: ['SigningKey'] },
      // SES answers in 200 ms. While it does not, an inbox must not wait a second for what is mailed beside it.
      within: 800,
    },
  },
  rights: {
    http: {
      read: ['Account', 'Ticket', 'Credential', 'NicknameClaim'],
      write: ['Account', 'Credential', 'NicknameClaim', 'EmailCode', 'Ticket', 'Quota', 'Mail'],
      secrets: ['SigningKey'],
    },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
