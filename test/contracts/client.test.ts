import { type ClientOptions, createClient, pages } from '../../client/client.ts';
import { NoAnswerError, ProblemError } from '../../client/problem-error.ts';
import type { Clock } from '../../shared/core/clock.ts';
import { type Answer, problem, serve } from './serve.ts';

/** A clock on which every wait is over at once; it notes how long each would have been. */
function hurriedClock() {
  const waits: number[] = [];
  const clock: Clock = {
    now: () => 0,
    at(time, task) {
      waits.push(time);
      queueMicrotask(() => void task());
      return () => {};
    },
  };
  return { clock, waits };
}

const open: Awaited<ReturnType<typeof serve>>[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function given(answers: readonly Answer[], options: Partial<ClientOptions> = {}) {
  const server = await serve(...answers);
  open.push(server);
  const { clock, waits } = hurriedClock();
  return { ...server, waits, client: createClient({ baseUrl: server.baseUrl, clock, ...options }) };
}
const groupId = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90';
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as ProblemError,
  );

describe('a call', () => {
  it('sends what the contract says', async () => {
    const { client, seen } = await given([{ status: 201, body: { groupId } }], { getAccessToken: () => 'token' });

    const joined = await client.memberships.joinGroup({ params: { groupId } });

    expect(joined).toEqual({ groupId });
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: `/v1/groups/${groupId}/members`,
        headers: { authorization: 'Bearer token', 'accept-language': 'ko' },
        body: '',
      },
    ]);
    expect(seen[0]!.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends body, query, language and version', async () => {
    const { client, seen } = await given([{ status: 200, body: {} }], { locale: () => 'en' });

    await client.sessions.signIn({ body: { email: 'a@example.com', password: 'x' } });
    await client.discovery.listGroups({ query: { limit: 3, cursor: undefined } });
    await client.certifications.editCertification({
      params: { groupId, certificationId: groupId },
      body: { text: '새 글' },
      ifMatch: 7,
    });

    expect(seen[0]).toMatchObject({
      body: '{"email":"a@example.com","password":"x"}',
      headers: { 'accept-language': 'en' },
    });
    expect(seen[0]!.headers['content-type']).toBe('application/json');
    expect(seen[1]).toMatchObject({ method: 'GET', url: '/v1/groups?limit=3' });
    expect(seen[1]!.headers['idempotency-key']).toBeUndefined();
    expect(seen[2]).toMatchObject({ method: 'PATCH', headers: { 'if-match': '"7"' }, body: '{"text":"새 글"}' });
  });

  it('sends no token where none is asked for, and gives nothing where nothing is answered', async () => {
    const { client, seen } = await given([{ status: 204 }], { getAccessToken: () => 'token' });

    await client.system.health();
    const answer = await client.sessions.signOut();

    expect(seen[0]!.headers.authorization).toBeUndefined();
    expect(seen[1]!.headers.authorization).toBe('Bearer token');
    expect(answer).toBeUndefined();
  });
});

describe('a refusal', () => {
  it('is a ProblemError with all that moim said', async () => {
    const errors = [{ pointer: '/email', reason: 'no address' }];
    const { client } = await given([problem(422, 'INVALID_REQUEST', { errors, detail: 'more' })]);

    const error = await refusal(client.sessions.signIn({ body: { email: 'x', password: 'x' } }));

    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', status: 422, detail: 'more', errors, requestId: 'r-1' });
    expect(error?.message).toBe('The title of INVALID_REQUEST');
  });

  it.each([
    [401, 'TOKEN_INVALID'],
    [413, 'BODY_TOO_LARGE'],
    [500, 'INTERNAL'],
  ])('of the gateway itself, %d, is %s', async (status, code) => {
    const { client, seen } = await given([{ status, body: { message: 'no' } }]);

    const error = await refusal(client.memberships.joinGroup({ params: { groupId } }));

    expect(error).toMatchObject({ code, status, message: 'no', byGateway: true });
    expect(seen).toHaveLength(1);
  });

  it('that is no JSON is a ProblemError all the same', async () => {
    const { client } = await given([{ status: 502 }]);

    expect(await refusal(client.system.health())).toMatchObject({ code: 'INTERNAL', status: 502 });
  });
});

describe('a repetition', () => {
  it('has the same Idempotency-Key, and another call another', async () => {
    const { client, seen } = await given(['hang up', { status: 503 }, { status: 201, body: {} }]);

    await client.memberships.joinGroup({ params: { groupId } });
    await client.memberships.joinGroup({ params: { groupId } });

    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it('comes after a growing wait, at most three times', async () => {
    const { client, seen, waits } = await given([{ status: 503 }]);

    const error = await refusal(client.system.health());

    expect(error).toMatchObject({ code: 'TRY_AGAIN', status: 503 });
    expect(seen).toHaveLength(4);
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(100 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(200 * 2 ** i);
    });
    expect(waits).toHaveLength(3);
  });

  it('waits as long as Retry-After says', async () => {
    const { client, waits } = await given([
      problem(409, 'IDEMPOTENCY_IN_FLIGHT', {}, { 'retry-after': '2' }),
      problem(429, 'TOO_MANY_REQUESTS', {}, { 'retry-after': '5' }),
      problem(409, 'NOT_DECODED', {}, { 'retry-after': '3' }),
      { status: 200, body: {} },
    ]);

    await client.sessions.refresh({ body: { refreshToken: 'x' } });

    expect(waits).toEqual([2000, 5000, 3000]);
  });

  it.each([
    ['a wait that is too long', problem(429, 'TOO_MANY_REQUESTS', {}, { 'retry-after': '60' })],
    ['a limit without a time', problem(429, 'TOO_MANY_REQUESTS')],
    ['any other refusal', problem(409, 'GROUP_FULL')],
  ])('does not come after %s', async (_, answer) => {
    const { client, seen } = await given([answer]);

    await refusal(client.memberships.joinGroup({ params: { groupId } }));

    expect(seen).toHaveLength(1);
  });

  it('does not come where it would meet its own change', async () => {
    const { client, seen } = await given(['hang up']);
    const params = { groupId, certificationId: groupId };

    const edited = await refusal(client.certifications.editCertification({ params, body: { text: 'x' } }));
    const deleted = await refusal(client.certifications.deleteCertification({ params }));

    expect(edited).toBeInstanceOf(NoAnswerError);
    expect(deleted).toBeInstanceOf(NoAnswerError);
    expect(seen).toHaveLength(2);
  });

  it('ends when the call is aborted', async () => {
    const { client, seen } = await given([{ status: 503 }], { clock: { now: () => 0, at: () => () => {} } });
    const reason = new Error('left the page');
    const controller = new AbortController();

    const call = refusal(client.discovery.listGroups({ signal: controller.signal }));
    controller.abort(reason);

    expect(await call).toBe(reason);
    expect(seen.length).toBeLessThanOrEqual(1);
  });
});

describe('an access token that is waited for', () => {
  it('is sent by all calls that began before it came, without a refusal', async () => {
    const coming = Promise.withResolvers<string>();
    const { client, seen } = await given([{ status: 200, body: { items: [] } }], {
      getAccessToken: () => coming.promise,
    });

    const calls = Promise.all([1, 2, 3].map(() => client.groups.listOwnGroups()));
    await client.system.health();
    const seenBefore = seen.map(({ url }) => url);
    coming.resolve('late');
    await calls;

    expect(seenBefore).toEqual(['/health']);
    expect(seen.slice(1).map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer late'));
  });

  it('that cannot be had fails the call with the reason', async () => {
    const reason = new Error('the store is locked');
    const { client, seen } = await given([{ status: 200, body: {} }], { getAccessToken: () => Promise.reject(reason) });

    expect(await refusal(client.accounts.getOwnAccount())).toBe(reason);
    expect(seen).toEqual([]);
  });
});

it('speaks the language of the moment', async () => {
  let language: 'ko' | 'en' = 'ko';
  const { client, seen } = await given([{ status: 200, body: {} }], { locale: () => language });

  await client.system.health();
  language = 'en';
  await client.system.health();

  expect(seen.map(({ headers }) => headers['accept-language'])).toEqual(['ko', 'en']);
});

describe('an access token that is refused', () => {
  const signedIn = (refresh: () => Promise<boolean>) => {
    const session = { token: 'old', refreshes: 0 };
    return {
      session,
      getAccessToken: () => session.token,
      onTokenInvalid: async () => {
        session.refreshes += 1;
        const done = await refresh();
        if (done) session.token = 'new';
        return done;
      },
    };
  };

  it('is refreshed once for all calls that wait for it', async () => {
    const refused = problem(401, 'TOKEN_INVALID');
    const { session, ...options } = signedIn(async () => true);
    const { client, seen } = await given([refused, refused, refused, { status: 200, body: { items: [] } }], options);

    await Promise.all([1, 2, 3].map(() => client.groups.listOwnGroups()));

    expect(session.refreshes).toBe(1);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      ...Array(3).fill('Bearer old'),
      ...Array(3).fill('Bearer new'),
    ]);
  });

  it('is not refreshed twice for one call', async () => {
    const { session, ...options } = signedIn(async () => true);
    const { client, seen } = await given([problem(401, 'TOKEN_INVALID')], options);

    const error = await refusal(client.accounts.getOwnAccount());

    expect(error?.code).toBe('TOKEN_INVALID');
    expect(session.refreshes).toBe(1);
    expect(seen).toHaveLength(2);
  });

  it('fails the call when there is no other', async () => {
    const { client, seen } = await given(
      [problem(401, 'TOKEN_INVALID')],
      signedIn(async () => false),
    );

    const error = await refusal(client.accounts.getOwnAccount());

    expect(error?.code).toBe('TOKEN_INVALID');
    expect(seen).toHaveLength(1);
  });

  it('is not refreshed if another came in the meantime', async () => {
    const { session, ...options } = signedIn(async () => true);
    const tokens = ['old', 'new'];
    const getAccessToken = async () => tokens.shift() ?? 'new';
    const { client, seen } = await given([problem(401, 'TOKEN_INVALID'), { status: 200, body: { items: [] } }], {
      ...options,
      getAccessToken,
    });

    await client.groups.listOwnGroups();

    expect(session.refreshes).toBe(0);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('is no matter of a wrong password', async () => {
    const { session, ...options } = signedIn(async () => true);
    const { client } = await given([problem(401, 'SIGN_IN_FAILED')], options);

    const error = await refusal(client.sessions.signIn({ body: { email: 'a@example.com', password: 'x' } }));

    expect(error?.code).toBe('SIGN_IN_FAILED');
    expect(session.refreshes).toBe(0);
  });
});

it('reads a list page after page, as far as is asked', async () => {
  const { client, seen } = await given([
    { status: 200, body: { items: [{ title: 'a' }, { title: 'b' }], nextCursor: 'n/ext' } },
    { status: 200, body: { items: [{ title: 'c' }], nextCursor: null } },
  ]);

  const titles: string[] = [];
  for await (const group of pages((cursor) => client.discovery.listGroups({ query: { cursor } })))
    titles.push(group.title);

  expect(titles).toEqual(['a', 'b', 'c']);
  expect(seen.map(({ url }) => url)).toEqual(['/v1/groups', '/v1/groups?cursor=n%2Fext']);
});
