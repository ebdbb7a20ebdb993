/**
 * A real OpenID provider in a process of its own (oidc-provider is ESM only), on the system's clock. Whoever is named in
 * `login_hint` is signed in without a question: `mina` has the verified address mina@example.com, of `unverified-mina`
 * the same address is not verified, `nomail-mina` has none. Prints its address when it is ready.
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

function claimsOf(sub) {
  if (sub.startsWith('nomail-')) return { sub };
  const email = `${sub.replace(/^unverified-/, '')}@example.com`;
  return { sub, email, email_verified: !sub.startsWith('unverified-') };
}

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'moim',
      client_secret: process.env.CLIENT_SECRET,
      redirect_uris: JSON.parse(process.env.REDIRECT_URIS),
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      // Lets it have redirects to apps and to this machine.
      application_type: 'native',
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  // As Google does: the address stands in the ID token.
  conformIdTokenClaims: false,
  cookies: { keys: ['of no worth'] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  pkce: { required: () => true },
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
    grant.addOIDCScope('openid email');
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  const { params } = await provider.interactionDetails(request, response);
  await provider.interactionFinished(request, response, { login: { accountId: params.login_hint }, consent: {} });
});
process.stdout.write(`${issuer}\n`);
