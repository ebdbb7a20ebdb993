import fc from 'fast-check';
import { refreshTokenText } from '../../../functions/accounts/sessions/rules.ts';
import { fingerprint, newId, newSecret } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { useMoim } from '../../support/moim.ts';
import { sessionKeyOf } from '../../support/people.ts';
import { runs } from '../../support/runs.ts';
import { put } from '../../support/table.ts';

// Nothing is to follow from sessions that begin and end here.
const moim = useMoim({
  edit({ Resources }) {
    for (const [id, { Type }] of Object.entries(Resources))
      if (Type === 'AWS::Lambda::EventSourceMapping') delete Resources[id];
  },
});
/** Straight into the function: so many stories take ten times as many calls. */
async function refresh(
  refreshToken: string,
  deviceToken?: string,
  sourceIp = '127.0.0.1',
): Promise<{ status: number; next: string }> {
  const route = 'POST /v1/sessions/refresh';
  const outcome = await moim.invoke('sessions-http', {
    version: '2.0',
    routeKey: route,
    rawPath: '/v1/sessions/refresh',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken, ...(deviceToken ? { deviceToken } : {}) }),
    isBase64Encoded: false,
    requestContext: { requestId: 'r', routeKey: route, http: { method: 'POST', sourceIp } },
  });
  if (!outcome.ok) throw new Error(outcome.errorMessage);
  const { statusCode, body } = outcome.payload as { statusCode: number; body: string };
  return { status: statusCode, next: JSON.parse(body).refreshToken };
}
const device = `${'D'.repeat(43)}.${'K'.repeat(12)}.${'S'.repeat(43)}`;

/** A session of somebody with its first token, without the cost of a password. */
async function session(): Promise<string> {
  const now = moim.clock.now();
  const [accountId, sessionId, secret] = [newId(now), newId(now), newSecret()];
  const at = iso(now);
  await put(moim, 'Session', {
    accountId,
    sessionId,
    device: '',
    sessionVersion: 1,
    refreshHash: fingerprint(secret),
    createdAt: at,
    refreshedAt: at,
    expiresAt: Math.ceil(now / 1000) + 14 * 86_400,
  });
  return refreshTokenText(await sessionKeyOf(moim), { accountId, sessionId, secret });
}

/**
 * A thief has copied the client's token and uses it at some point of its life, before or after the client does; then both
 * go on. Whatever the order: as soon as one of them sends what the other has used, no token of the session works.
 */
test.each([
  ['with its device', device, '127.0.0.1'],
  ['without a device token', undefined, '203.0.113.9'],
])('row 8: however client %s and thief interleave, every reuse ends the whole session', async (_, own, thiefs) => {
  const steps = fc.array(fc.constantFrom('client', 'thief'), { minLength: 2, maxLength: 3 });
  const stories = fc.sample(fc.tuple(fc.constantFrom(0, 0, 0, 1), steps), { numRuns: runs(150), seed: 8 });
  let caught = 0;

  const play = async ([stolenAt, order]: [number, string[]]) => {
    let client = await session();
    for (let i = 0; i < stolenAt; i++) client = (await refresh(client, device)).next;
    let thief = client;
    const usedBy = new Map<string, string>();
    for (const who of order) {
      const token = who === 'client' ? client : thief;
      const { status, next } = await (who === 'client' ? refresh(token, own) : refresh(token, undefined, thiefs));
      if (usedBy.has(token)) {
        // Whoever was given the newest token has nothing of it.
        const after = await (usedBy.has(client) ? refresh(thief, undefined, thiefs) : refresh(client, own));
        expect([status, after.status]).toEqual([401, 401]);
        caught++;
        return;
      }
      expect(status).toBe(200);
      usedBy.set(token, who);
      if (who === 'client') client = next;
      else thief = next;
    }
  };
  for (let i = 0; i < stories.length; i += 50) await Promise.all(stories.slice(i, i + 50).map(play));

  expect(caught).toBeGreaterThan(stories.length * 0.3);
});
