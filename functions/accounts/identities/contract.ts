import * as z from 'zod';
import { feature, id, instant, route } from '../../../shared/core/contract.ts';
import { timeZone } from '../../../shared/product/text-fields.ts';
import { clubProblems, clubToJoin, throughClubRights } from '../../groups/clubs/contract.ts';
import { accountStatus, locale, nickname } from '../accounts/contract.ts';
import { providerNames, provingProviders } from '../accounts/values.ts';
import { session, signInOptions } from '../sessions/contract.ts';

const provider = z.enum(providerNames);

const redirectUri = z.string().max(500).meta({
  description: 'The address to which the provider returns: `/social-sign-in` at an origin or an app of the deployment',
});
const ticket = z.string().max(200);
const begun = z
  .object({
    authorizationUrl: z.url().meta({ description: 'Open it in the browser' }),
    ticket: z.string().meta({ description: 'Keep it where only this client can read it, until the provider returns' }),
    expiresAt: instant,
  })
  .meta({ id: 'SocialSignIn' });

const listProviders = route({
  method: 'GET',
  path: '/v1/social-providers',
  summary: 'List the identity providers',
  description: 'Open to guests. Shows only providers that this deployment has set up.',
  auth: 'none',
  event: 'NONE',
  result: z.object({ items: z.array(z.object({ provider, name: z.string() })) }),
});

const beginSocialSignIn = route({
  method: 'POST',
  path: '/v1/social-sign-ins',
  summary: 'Begin a sign-in at an identity provider',
  description:
    'Open to guests. Send the person to `authorizationUrl`. The provider returns to `redirectUri` with a query. Complete the sign-in with that query and the ticket within ten minutes.',
  auth: 'none',
  event: 'SOCIAL_SIGN_IN_BEGUN',
  fromPlace: 'socialSignInFromPlace',
  body: z.strictObject({ provider, redirectUri }),
  status: 201,
  result: begun,
  problems: ['NOT_FOUND', 'PROVIDER_FAILED'],
});

const completeSocialSignIn = route({
  method: 'POST',
  path: '/v1/social-sign-ins/complete',
  summary: 'Complete a sign-in at an identity provider',
  description:
    'Open to guests. Works once, whatever the outcome. SIGNED_IN: the identity is known, or its verified address has an account, which is now linked. UNCOMPLETED: there is no account yet; sign up with the ticket and a nickname. LINKED: the account that began this has a new way to sign in. PROVED: the session that began this has shown who is there. An unverified address that already has an account is refused; `errors` then holds the name of the provider.',
  auth: 'none',
  event: 'SOCIAL_SIGN_IN',
  fromPlace: 'socialSignInFromPlace',
  body: z.strictObject({
    ticket,
    query: z.string().max(8000).meta({
      description:
        'The query of the address to which the provider returned: everything after the question mark, unchanged',
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
          .meta({ description: 'The address of the new account, if the provider vouches for one' }),
      }),
      z.object({ status: z.literal('LINKED'), provider }),
      z.object({ status: z.literal('PROVED'), provider, provedUntil: instant }),
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
    'ACCOUNT_SUSPENDED',
  ],
});

const socialSignUp = route({
  method: 'POST',
  path: '/v1/social-sign-ups',
  summary: 'Sign up with an identity provider',
  description:
    'Open to guests with the ticket of an UNCOMPLETED sign-in. The nickname, the address and the identity are claimed in the same transaction. If the deployment approves accounts, the account starts as PENDING and gets no session. With `club` the account also applies to a club, as in a sign-up by e-mail.',
  auth: 'none',
  event: 'SIGN_UP',
  fromPlace: 'signUpFromPlace',
  body: z.strictObject({
    ticket,
    nickname,
    locale: locale.default('ko'),
    timeZone: timeZone.default('Asia/Seoul'),
    club: clubToJoin.optional(),
    ...signInOptions,
  }),
  status: 201,
  result: z.object({ accountId: id, status: accountStatus, session: session.nullable() }),
  problems: ['SOCIAL_SIGN_IN_INVALID', 'NICKNAME_TAKEN', 'EMAIL_TAKEN', 'IDENTITY_TAKEN', ...clubProblems],
});

const listIdentities = route({
  method: 'GET',
  path: '/v1/accounts/me/identities',
  summary: 'List your linked identity providers',
  description: 'First linked first.',
  auth: 'account',
  event: 'NONE',
  result: z.object({
    items: z.array(
      z.object({
        id,
        provider,
        email: z.string().nullable().meta({ description: 'The address at the provider at the time of linking' }),
        linkedAt: instant,
      }),
    ),
  }),
});

const beginLinking = route({
  method: 'POST',
  path: '/v1/accounts/me/identities',
  summary: 'Begin to link an identity provider',
  description: 'Complete it like a sign-in. The address of the account gets a notice by mail.',
  auth: 'account',
  event: 'LINKING_BEGUN',
  proof: 'fresh',
  body: z.strictObject({ provider, redirectUri }),
  status: 201,
  result: begun,
  problems: ['NOT_FOUND', 'ALREADY_LINKED', 'PROVIDER_FAILED', 'TOO_MANY_REQUESTS'],
});

const beginProof = route({
  method: 'POST',
  path: '/v1/accounts/me/identities/proofs',
  summary: 'Prove who you are at your provider',
  description:
    'For routes that answer PROOF_NEEDED. The provider asks for the sign-in again. Complete it like a sign-in. Only Google and Apple can do this.',
  auth: 'account',
  event: 'SOCIAL_SIGN_IN_BEGUN',
  body: z.strictObject({ provider: z.enum(provingProviders), redirectUri }),
  status: 201,
  result: begun,
  problems: ['NOT_FOUND', 'PROVIDER_FAILED', 'TOO_MANY_REQUESTS'],
});

const unlinkIdentity = route({
  method: 'DELETE',
  path: '/v1/accounts/me/identities/{identityId}',
  summary: 'Unlink an identity provider',
  description: 'Refused for the last way to sign in. The address of the account gets a notice by mail.',
  auth: 'account',
  event: 'IDENTITY_UNLINKED',
  proof: 'fresh',
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
    beginProof,
    unlinkIdentity,
  },
  rights: {
    http: {
      read: [
        'Account',
        'Administrator',
        'Credential',
        'Factors',
        'Identity',
        'Session',
        'SocialTicket',
        'KeySet',
        ...throughClubRights.read,
      ],
      write: [
        'SocialSignIn',
        'Identity',
        'Account',
        'Authority',
        'Credential',
        'NicknameClaim',
        'Session',
        'SocialTicket',
        'KeySet',
        'Mail',
        'Quota',
        ...throughClubRights.write,
      ],
      check: ['Authority', 'Factors', 'Session', ...throughClubRights.check],
      secrets: ['SessionKey', 'DeviceKey', 'SocialProviders'],
    },
  },
  // A password may have to be judged (`sessions`), and a provider has five seconds for each of up to four answers.
  tuning: { http: { memory: 1769, timeout: 25 } },
});
