import * as z from 'zod';
import { because, feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { isReservedName } from '../../../shared/product/names.ts';
import { tidyAddress } from '../../../shared/product/text.ts';
import { bounded, emailAddress, line, seenAtLeast, typedCode } from '../../../shared/product/text-fields.ts';
import { mailsTaken } from '../../talking/mail/values.ts';
import { accountRoles, accountStatuses, purposes } from './values.ts';

export const loginId = bounded(limits.loginId.max)
  .overwrite(tidyAddress)
  .toLowerCase()
  .min(limits.loginId.min)
  .max(limits.loginId.max, { abort: true })
  .regex(/^[a-z0-9_]+$/, because('loginId'));
export const locale = z.enum(['ko', 'en']);
/** The fewest characters are counted as people see them: one emoji made of many is no name. */
export const nickname = line(limits.nickname)
  .check(seenAtLeast(limits.nickname.min))
  .refine((name) => !isReservedName(name), because('reservedName'));
/** The rule itself is one answer for all that is wrong (`PASSWORD_REFUSED`); this only bounds what is looked at. */
export const password = z.string().max(200);
export const ticket = z.string().max(200);
const emailCode = typedCode
  .refine((code) => /^\d{6}$/.test(code), because('emailCode'))
  .meta({ description: 'Six digits; spaces and hyphens between them do not matter', examples: ['123456'] });
const deviceToken = z.string().max(200).meta({
  description: 'The token of a device on which the address has signed in. Requests of strangers do not count for it',
});
const purpose = z.enum(purposes).exclude(['PROOF']).meta({
  description:
    'REGISTER: to sign up. PASSWORD: to set a new password. EMAIL: to move an account to this address. LEAVE: to get a copy of an account that was not approved, or to erase it. MAIL: to get mail at this address again; the only code that also goes to an address that takes no mail',
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
  event: 'CODE_REQUESTED',
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
  event: 'CODE_CONFIRMED',
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

const ownAccount = account
  .extend({
    mail: z.enum(mailsTaken).meta({
      description:
        'The mails that your address takes. SECURITY: somebody marked a mail as spam, so you get no news. NONE: mails came back, so you get none at all; use another address, or get mail again with a code for the purpose MAIL',
    }),
  })
  .meta({ id: 'OwnAccount' });

const resumeMail = route({
  method: 'POST',
  path: '/v1/mail-resumptions',
  summary: 'Get mail at your address again',
  description:
    'Open to guests with a ticket for the purpose MAIL. Mails had come back, or one was marked as spam. Mails that were left out meanwhile are not sent. Up to three times in 30 days.',
  auth: 'none',
  event: 'MAIL_RESUMED',
  fromPlace: 'ticketFromPlace',
  body: z.strictObject({ ticket }),
  problems: ['TICKET_INVALID', 'TOO_MANY_REQUESTS'],
});

const getOwnAccount = route({
  method: 'GET',
  path: '/v1/accounts/me',
  summary: 'Get your account',
  auth: 'account',
  event: 'NONE',
  result: ownAccount,
  problems: ['NOT_FOUND'],
});

const checkAvailability = route({
  method: 'GET',
  path: '/v1/availability',
  summary: 'Check a nickname, login id or team name',
  description:
    'Open to guests. A hint for forms: only the write decides. Names of teams need not be unique: `teamName` says whether a public team has the name, and private teams do not count. Addresses cannot be checked; their owners learn it when they confirm a code.',
  auth: 'none',
  event: 'NONE',
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
  event: 'LOGIN_ID_REQUESTED',
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
    'Open to guests with a ticket for the purpose PASSWORD. Signs out every device. Ends every other way to sign in that was added since the address last vouched for the account: at its sign-up, at a reset, or by a code by mail. A mail names what has ended. Send the `deviceToken` with the next sign-in, so that wrong guesses of strangers do not slow it down.',
  auth: 'none',
  event: 'PASSWORD_RESET',
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
  description:
    'Signs out every device, including this one. Send `currentPassword` if the account has a password; otherwise this sets its first one, for an account with an address.',
  auth: 'account',
  event: 'PASSWORD_CHANGED',
  proof: 'fresh',
  body: z.strictObject({ currentPassword: password.optional(), password }),
  problems: ['NOT_FOUND', 'NOT_APPLICABLE', 'PASSWORD_WRONG', 'PASSWORD_REFUSED', 'TOO_MANY_REQUESTS'],
});

const changeEmail = route({
  method: 'PUT',
  path: '/v1/accounts/me/email',
  summary: 'Move your account to another address',
  description:
    'Needs a ticket for the purpose EMAIL. Signs out every device. The old address gets a notice, with a link that undoes the change for seven days.',
  auth: 'account',
  event: 'EMAIL_CHANGED',
  proof: 'fresh',
  body: z.strictObject({ ticket }),
  problems: ['NOT_FOUND', 'TICKET_INVALID', 'EMAIL_TAKEN'],
});

const undoEmail = route({
  method: 'POST',
  path: '/v1/email-undos',
  summary: 'Undo a change of address',
  description:
    'Open to guests with the ticket behind the `#` of the link that the old address got by mail. The account has that address again and a new password. All devices are signed out, and every way to sign in that was added since has ended.',
  auth: 'none',
  event: 'EMAIL_CHANGED',
  fromPlace: 'ticketFromPlace',
  body: z.strictObject({ ticket, password }),
  status: 201,
  result: z.object({ deviceToken: z.string() }),
  problems: ['TICKET_INVALID', 'PASSWORD_REFUSED', 'EMAIL_TAKEN'],
});

export const contract = feature({
  name: 'accounts',
  summary: 'E-mail verification, passwords and addresses',
  routes: {
    requestEmailCode,
    confirmEmailCode,
    getOwnAccount,
    checkAvailability,
    findLoginId,
    resetPassword,
    resumeMail,
    changePassword,
    changeEmail,
    undoEmail,
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
        secrets: ['CodeKey'],
      },
      // SES answers in 200 ms. While it does not, an inbox must not wait a second for what is mailed beside it.
      within: 800,
    },
  },
  rights: {
    http: {
      read: [
        'Account',
        'Authority',
        'Group',
        'Credential',
        'NicknameClaim',
        'EmailCode',
        'EmailTicket',
        'EmailUndo',
        'Factors',
        'Identity',
        'Suppression',
      ],
      query: ['groupsWithWord'],
      write: [
        'Account',
        'Authority',
        'Credential',
        'EmailCode',
        'EmailTicket',
        'Quota',
        'Throttle',
        'Mail',
        'Suppression',
        'EmailUndo',
        'Factors',
      ],
      remove: ['Administrator', 'Identity', 'Totp'],
      check: ['Session', 'Quota'],
      secrets: ['DeviceKey', 'CodeKey'],
    },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
