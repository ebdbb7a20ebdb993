/** All that makes one identity provider different from another. A new one is an entry here and a name in the contract. */

import type { ProviderName } from '../accounts/values.ts';
import type { Answered, Provider, Told } from './registrations.ts';

/** OpenID Connect Core, 5.1. Apple also writes `email_verified` as a text. */
const claimed = ({ sub, email, email_verified }: Answered): Told => ({
  subject: sub,
  email,
  emailVerified: email_verified === true || email_verified === 'true',
});

const within = (value: unknown): Answered => (value !== null && typeof value === 'object' ? (value as Answered) : {});

export const providers: Readonly<Record<ProviderName, Provider>> = {
  google: {
    protocol: 'OPENID',
    issuer: 'https://accounts.google.com',
    scope: 'openid email',
    secret: 'TEXT',
    read: claimed,
  },
  apple: {
    protocol: 'OPENID',
    issuer: 'https://appleid.apple.com',
    // With the scopes `email` and `name` Apple posts its answer as a form, which no page of a browser can read.
    scope: 'openid',
    secret: 'SIGNED',
    read: claimed,
  },
  kakao: {
    protocol: 'OAUTH',
    endpoints: {
      authorization: 'https://kauth.kakao.com/oauth/authorize',
      token: 'https://kauth.kakao.com/oauth/token',
      person: 'https://kapi.kakao.com/v2/user/me',
    },
    // The consent items of Kakao's console decide what it tells.
    scope: undefined,
    repeatsState: false,
    codeRefused: [],
    read({ id, kakao_account }) {
      const { email, is_email_valid, is_email_verified } = within(kakao_account);
      return { subject: id, email, emailVerified: is_email_valid === true && is_email_verified === true };
    },
  },
  naver: {
    protocol: 'OAUTH',
    endpoints: {
      authorization: 'https://nid.naver.com/oauth2.0/authorize',
      token: 'https://nid.naver.com/oauth2.0/token',
      person: 'https://openapi.naver.com/v1/nid/me',
    },
    scope: undefined,
    repeatsState: true,
    // "no valid data in session": the code is used or unknown. Faults of the registration have other names.
    codeRefused: ['invalid_request'],
    read({ response }) {
      const { id, email } = within(response);
      // A contact address that people type in: Naver does not say that it is theirs.
      return { subject: id, email, emailVerified: false };
    },
  },
  github: {
    protocol: 'OAUTH',
    endpoints: {
      authorization: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      person: 'https://api.github.com/user',
      emails: 'https://api.github.com/user/emails',
    },
    scope: 'user:email',
    repeatsState: false,
    codeRefused: ['bad_verification_code', 'bad_code_verifier'],
    read({ id }, emails) {
      const main = emails.find(({ primary }) => primary === true);
      return { subject: id, email: main?.email, emailVerified: main?.verified === true };
    },
  },
};
