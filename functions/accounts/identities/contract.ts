import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { accountStatus, locale, nickname, timeZone } from '../accounts/contract.ts';
import { providerNames } from '../accounts/values.ts';
import { session, signInOptions } from '../sessions/contract.ts';

const provider = z.enum(providerNames);

const redirectUri = z.string().max(500).meta({
  description:
    'Where the provider leads back to: one of the deployment’s, `/social-sign-in` of its origins or of its apps',
});
const ticket = z.string().max(200);
const begun = z
  .object({
    authorizationUrl: z.url().meta({ description: 'Open it in the browser' }),
    ticket: z.string().meta({ description: 'Keep it, where only this client reads it, until the provider leads back' }),
    expiresAt: instant,
  })
  .meta({ id: 'SocialSignIn' });

const listProviders = route({
  method: 'GET',
  path: '/v1/social-providers',
  summary: 'The identity providers one can sign in with',
  auth: 'none',
  result: z.object({ items: z.array(z.object({ provider, name: z.string() })) }),
});

const beginSocialSignIn = route({
  method: 'POST',
  path: '/v1/social-sign-ins',
  summary: 'Begin to sign in at an identity provider',
  description:
    'Send the person to `authorizationUrl`. The provider leads back to `redirectUri` with a query; complete the sign-in with it and the ticket, within ten minutes (row 7).',
  auth: 'none',
  body: z.strictObject({ provider, redirectUri }),
  status: 201,
  result: begun,
  problems: ['NOT_FOUND', 'PROVIDER_FAILED', 'TOO_MANY_REQUESTS'],
});

const completeSocialSignIn = route({
  method: 'POST',
  path: '/v1/social-sign-ins/complete',
  summary: 'Complete what was begun at an identity provider',
  description:
    'Works once, whatever comes of it. SIGNED_IN: somebody who came this way before, or whose verified address has an account, which is linked from now on. UNCOMPLETED: nobody yet; sign up with the ticket and a nickname. LINKED: a way in was added to the account that began it. An address that has an account but is not verified by the provider is refused; `errors` holds the provider’s name (row 7).',
  auth: 'none',
  body: z.strictObject({
    ticket,
    query: z.string().max(8000).meta({
      description: 'What stands behind the question mark of the address that the provider led back to, as it is',
    }),
    ...signInOptions,
  }),
  result: z
    .discriminatedUnion('status', [
      z.object({ status: z.literal('SIGNED_IN'), session }),
      z.object({
        status: z.literal('UNCOMPLETED'),
        ticket: z.string(),
        expiresAt: instant,
        email: z
          .string()
          .nullable()
          .meta({ description: 'The address that the account will have, if the provider vouches for one' }),
      }),
      z.object({ status: z.literal('LINKED'), provider }),
    ])
    .meta({ id: 'CompletedSocialSignIn' }),
  problems: [
    'SOCIAL_SIGN_IN_INVALID',
    'PROVIDER_FAILED',
    'EMAIL_UNVERIFIED',
    'IDENTITY_TAKEN',
    'ALREADY_LINKED',
    'ACCOUNT_PENDING',
    'ACCOUNT_REJECTED',
    'SIGN_IN_FAILED',
  ],
});

const socialSignUp = route({
  method: 'POST',
  path: '/v1/social-sign-ups',
  summary: 'Sign up as somebody whom an identity provider knows',
  description:
    'With the ticket of an UNCOMPLETED sign-in. Nickname, address and identity are taken in one transaction with the account. Where the deployment approves accounts, it starts PENDING, without a session (rows 5, 7, 13).',
  auth: 'none',
  body: z.strictObject({
    ticket,
    nickname,
    locale: locale.default('ko'),
    timeZone: timeZone.default('Asia/Seoul'),
    ...signInOptions,
  }),
  status: 201,
  result: z.object({ accountId: id, status: accountStatus, session: session.nullable() }),
  problems: ['TICKET_INVALID', 'NICKNAME_TAKEN', 'EMAIL_TAKEN', 'IDENTITY_TAKEN'],
});

const listIdentities = route({
  method: 'GET',
  path: '/v1/accounts/me/identities',
  summary: 'The identity providers that the own account is linked to, first linked first',
  auth: 'account',
  result: z.object({
    items: z.array(
      z.object({
        id,
        provider,
        email: z.string().nullable().meta({ description: 'The address there, as it was when it was linked' }),
        linkedAt: instant,
      }),
    ),
  }),
});

const beginLinking = route({
  method: 'POST',
  path: '/v1/accounts/me/identities',
  summary: 'Begin to link an identity provider to the own account',
  description:
    'Completed like a sign-in. Needs the password if the account has one, since it adds a way in; the account’s address is told (row 7).',
  auth: 'account',
  body: z.strictObject({ provider, redirectUri, password: z.string().max(200).optional() }),
  status: 201,
  result: begun,
  problems: ['NOT_FOUND', 'ALREADY_LINKED', 'PASSWORD_WRONG', 'PROVIDER_FAILED', 'TOO_MANY_REQUESTS'],
});

const unlinkIdentity = route({
  method: 'DELETE',
  path: '/v1/accounts/me/identities/{identityId}',
  summary: 'Unlink an identity provider from the own account',
  description: 'Never the last way in (row 7).',
  auth: 'account',
  problems: ['LAST_WAY_IN'],
});

export const contract = feature({
  name: 'identities',
  summary: 'Signing in with Google, Apple, Kakao, Naver and GitHub',
  routes: {
    listProviders,
    beginSocialSignIn,
    completeSocialSignIn,
    socialSignUp,
    listIdentities,
    beginLinking,
    unlinkIdentity,
  },
  rights: {
    http: {
      read: ['Account', 'Credential', 'Identity', 'Ticket'],
      write: [
        'SocialSignIn',
        'Identity',
        'Account',
        'Credential',
        'NicknameClaim',
        'Session',
        'Ticket',
        'Mail',
        'Quota',
      ],
      check: ['Account', 'Session'],
      secrets: ['SigningKey', 'SocialProviders'],
    },
  },
  // A password may have to be judged (`sessions`), and a provider has five seconds for each of up to four answers.
  tuning: { http: { memory: 1769, timeout: 25 } },
});
