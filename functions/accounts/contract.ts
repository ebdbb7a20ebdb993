import * as z from 'zod';
import { feature, id, instant, route } from '../../shared/core/contract.ts';
import { limits } from '../../shared/core/limits.ts';
import { canonicalZone, isTimeZone } from '../../shared/core/time.ts';

/** E-mail addresses compare without case: they are lower-cased before anything else sees them. */
export const email = z.email().max(254).toLowerCase();
const purpose = z.enum(['REGISTER']);
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

export const account = z
  .object({
    id,
    email: z.string(),
    nickname: z.string(),
    locale,
    timeZone: z.string(),
    bricks: z.int().meta({ description: 'Approved certifications, one brick each (row 67)' }),
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
  description: 'The ticket is needed to sign up (row 2). A code works once and may be tried five times.',
  auth: 'none',
  body: z.strictObject({ email, purpose, code: z.string().regex(/^\d{6}$/) }),
  result: z.object({ ticket: z.string(), expiresAt: instant }),
  problems: ['CODE_INVALID'],
});

const signUp = route({
  method: 'POST',
  path: '/v1/accounts',
  summary: 'Sign up',
  auth: 'none',
  body: z.strictObject({
    ticket: z.string().max(200),
    password: z.string().max(200),
    nickname,
    locale: locale.default('ko'),
    timeZone: timeZone.default('Asia/Seoul'),
  }),
  status: 201,
  result: account,
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED', 'EMAIL_TAKEN', 'NICKNAME_TAKEN'],
});

const getOwnAccount = route({
  method: 'GET',
  path: '/v1/accounts/me',
  summary: 'The own account',
  auth: 'account',
  result: account,
});

export const contract = feature({
  name: 'accounts',
  summary: 'Who someone is: e-mail verification, sign-up, profile',
  routes: { requestEmailCode, confirmEmailCode, signUp, getOwnAccount },
  consumers: {
    mailCode: {
      summary: 'Mails a code when one was asked for',
      entity: 'EmailCode',
      on: ['INSERT', 'MODIFY'],
      batchSize: 10,
    },
  },
  rights: {
    http: {
      read: ['Account', 'Ticket'],
      write: ['Account', 'Credential', 'NicknameClaim', 'EmailCode', 'Ticket'],
      signingKey: true,
    },
    stream: { read: ['Credential'], sendMail: true, signingKey: true },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
