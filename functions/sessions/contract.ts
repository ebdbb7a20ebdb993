import * as z from 'zod';
import { feature, id, instant, route } from '../../shared/core/contract.ts';
import { email } from '../accounts/contract.ts';

const session = z
  .object({
    accessToken: z.string().meta({ description: 'Bearer token, valid for 15 minutes' }),
    accessExpiresAt: instant,
    refreshToken: z.string().meta({ description: 'Good for one refresh, within 14 days' }),
    refreshExpiresAt: instant,
    accountId: id,
  })
  .meta({ id: 'Session' });

const signIn = route({
  method: 'POST',
  path: '/v1/sessions',
  summary: 'Sign in',
  description: 'An unknown address and a wrong password get the same answer after the same time (rows 4, 8).',
  auth: 'none',
  body: z.strictObject({ email, password: z.string().max(200), device: z.string().trim().max(60).default('') }),
  status: 201,
  result: session,
  problems: ['SIGN_IN_FAILED'],
});

const refresh = route({
  method: 'POST',
  path: '/v1/sessions/refresh',
  summary: 'Exchange a refresh token for new tokens',
  description: 'The token is rotated: it works once. Using it again ends the session (row 8).',
  auth: 'none',
  body: z.strictObject({ refreshToken: z.string().max(300) }),
  result: session,
  problems: ['REFRESH_INVALID'],
});

const signOut = route({
  method: 'DELETE',
  path: '/v1/sessions/current',
  summary: 'Sign out',
  auth: 'account',
});

export const contract = feature({
  name: 'sessions',
  summary: 'Signing in and staying signed in; judging access tokens for the gateway',
  routes: { signIn, refresh, signOut },
  rights: {
    http: { read: ['Credential'], write: ['Session'], signingKey: true },
    httpAuthorizer: { signingKey: true },
  },
  // argon2id takes 130 ms at 256 MB: memory is CPU on Lambda (1 vCPU at 1,769 MB).
  tuning: { http: { memory: 1769 } },
});
