/** Posts that are signed by moim itself: the verifier of the local engines reads them as AWS would, beside those of the SDK. */
import { verifySignature } from '../../local/engines/sigv4.ts';
import { batchOf, PostFailed } from '../../shared/adapters/posting.ts';
import { socketsOf } from '../../shared/adapters/sockets.ts';
import type { Platform } from '../../shared/core/platform.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const connectionId = 'L0SM9cOFvHcCIhw=/+';
const text = Buffer.from('{"event":"chat.message","data":{"text":"한글"}}');
const never = new AbortController().signal;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** A platform whose gateway answers with these statuses, and what it was sent. */
function gateway(statuses: number[], more: Readonly<Record<string, string>> = {}) {
  const sent: Sent[] = [];
  const requestHandler = {
    async handle(request: Sent) {
      sent.push(request);
      return { response: { statusCode: statuses.shift() ?? 200, headers: {}, body: Buffer.from('{}') } };
    },
  };
  const environment = {
    ...{ AWS_REGION: 'ap-northeast-2', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
    ...{ SOCKET_ENDPOINT: 'https://abc123.execute-api.ap-northeast-2.amazonaws.com/live', ...more },
  };
  const platform = { environment, now: () => now, write() {}, requestHandler } as unknown as Platform;
  return { sent, platform, post: batchOf(platform, requestHandler as never, text) };
}

const verdictOf = ({ method, path, headers, body }: Sent) => {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const request = { method, path, headers: lower, body };
  return verifySignature(request, { secretOf: (id) => (id === 'AKIDEXAMPLE' ? 'secret' : undefined), now });
};

test.each([{}, { AWS_SESSION_TOKEN: 'a-token' }, { SOCKET_ENDPOINT: 'http://127.0.0.1:3001/live' }])(
  'a post is signed as the SDK signs it, for any id: %o',
  async (more) => {
    const { sent, post, platform } = gateway([], more);

    expect([await post(connectionId, never), await post('other=', never)]).toEqual([true, true]);
    await socketsOf(platform).post(connectionId, JSON.parse(text.toString()));

    expect(sent.map((each) => verdictOf(each))).toEqual(Array(3).fill(expect.objectContaining({ ok: true })));
    expect(sent[0]!.path).toBe(sent[2]!.path);
    expect(sent[0]!.headers['x-amz-security-token']).toBe(sent[2]!.headers['x-amz-security-token']);
    const bent = { ...sent[0]!, body: Buffer.from('{}') };
    expect(verdictOf(bent).ok).toBe(false);
  },
);

test('a closed socket is told, a busy gateway asked again, a refusal thrown, and nothing is sent after the end of its time', async () => {
  const outcome = (asked: Promise<boolean>) =>
    asked.catch((error: Error) => (error instanceof PostFailed ? error.message : error.name));

  expect(await outcome(gateway([410]).post('a', never))).toBe(false);
  expect(await outcome(gateway([429, 500, 200]).post('a', never))).toBe(true);
  expect(await outcome(gateway([403]).post('a', never))).toBe('a post to a socket was answered with 403');
  const busy = gateway([500, 500, 500, 200]);
  expect(await outcome(busy.post('a', never))).toBe('a post to a socket was answered with 500');
  expect(busy.sent).toHaveLength(3);
  const late = gateway([500, 200]);
  expect(await outcome(late.post('a', AbortSignal.abort()))).toBe('AbortError');
  expect(late.sent).toHaveLength(1);
});
