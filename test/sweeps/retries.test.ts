import { routeKey } from '../../shared/core/contract.ts';
import { fingerprint } from '../../shared/core/ids.ts';
import { key } from '../support/actor.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, type Got, json } from './client.ts';
import { refused, verdict } from './refused.ts';
import { each, isGuarded, placeholders, type Sample, type Subject, sampleFor } from './samples.ts';
import { changesBetween, itemsOf } from './table.ts';
import { everything, turns } from './turns.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
const isPost = ({ route }: Subject) => route.method === 'POST';
/** A request that was not made yet, for each route. */
const unused = new Map<Subject, Sample>();
beforeAll(async () => {
  world = await worldOf(moim);
  // The code of a meeting is good for half a minute, and other samples move the clock.
  const isHasty = ({ name }: Subject) => Number(name === 'checkIn');
  const subjects = each(isPost).map(([, subject]) => subject);
  for (const subject of subjects.toSorted((a, b) => isHasty(a) - isHasty(b)))
    unused.set(subject, await sampleFor(subject, world));
});

const someKeys = turns(2);
/** How many at once: of ten, `join-group.test.ts` tells. */
const many = everything ? 10 : 3;
/**
 * A guess of a code pays with one of its five tries before anything else: a sixth at once could find none left. A provider
 * takes its code once, so the step there is used up first. Of messages, three a second are taken (row 75).
 */
const atOnce: Readonly<Record<string, number>> = {
  confirmEmailCode: Math.min(many, 5),
  completeSocialSignIn: 1,
  sendMessage: 3,
};
const usedUp = ['completeSocialSignIn'];
/** What shows everybody the same is no other's answer. */
const sameForAll = ['lookAtInvitation', 'downloadFile'];

const requestOf = ({ route }: Subject, { token, path, body }: Sample, headers: Readonly<Record<string, string>>) => ({
  method: route.method,
  path,
  headers: { ...json, ...(token ? bearer(token) : {}), ...headers },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

/** What requests change in the table, when all that follows from them is done. */
async function effectOf(requests: () => Promise<Got[]>): Promise<{ answers: Got[]; effect: string[] }> {
  await moim.settle();
  const before = await itemsOf(moim);
  const answers = await requests();
  await moim.settle();
  // That something is to be looked at by night is marked once a day, whoever is the first.
  const effect = changesBetween(before, await itemsOf(moim)).filter((change) => !change.endsWith(' Mark'));
  return { answers, effect };
}

/** Counters and throttles are created by the first of their kind and changed by the next. */
const asWritten = (change: string) => change.replace(/^(created|changed)/, 'written');

/** Every text in an answer that is long enough to be found again only there. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 20 ? [value] : [];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn);
}

test('row 122: while the first request is under way, each route says when to come again', async () => {
  // Decisions in bulk are a transaction each, and the answer one of its own.
  const samples = [...unused]
    .map(([subject, sample]) => ({ subject, sample }))
    .filter(({ subject }) => !['decideGroups', 'decideCertifications', 'decideAttendances'].includes(subject.name));
  const before = await itemsOf(moim);
  const callOff = moim.table.faults.add({
    kind: 'conflict',
    operation: 'TransactWriteItems',
    match: (body) => JSON.stringify(body).includes('IDEMPOTENCY#'),
    times: Number.POSITIVE_INFINITY,
  });

  const answers = await Promise.all(
    samples.map(({ subject, sample }) => world.send(requestOf(subject, sample, key()))),
  );

  callOff();
  expect(answers.map((answer, i) => `${routeKey(samples[i]!.subject.route)} ${verdict(answer)}`)).toEqual(
    samples.map(({ subject }) => `${routeKey(subject.route)} 409 IDEMPOTENCY_IN_FLIGHT`),
  );
  for (const { headers } of answers) expect(headers.get('retry-after')).toBe('1');
  // A step at a provider is used up before the provider is asked.
  const changes = changesBetween(before, await itemsOf(moim));
  expect(changes.filter((change) => !/ (Quota|ChatPace)$/.test(change))).toEqual(['changed SocialSignIn']);
});

describe.each(each(isPost))('row 122: %s', (_, subject) => {
  const headers = key();
  let sample: Sample;
  let first: Got;
  let effectOfOne: string[];
  beforeAll(async () => {
    // A step at a provider was used up above.
    sample = usedUp.includes(subject.name) ? await sampleFor(subject, world) : unused.get(subject)!;
    const { answers, effect } = await effectOf(async () => [await world.send(requestOf(subject, sample, headers))]);
    [first, effectOfOne] = [answers[0]!, effect];
  });

  test('a repetition changes nothing and gets the first answer', async () => {
    const { answers, effect } = await effectOf(async () => [await world.send(requestOf(subject, sample, headers))]);

    const [again] = answers;
    const hint = 'if its body must name what is there: say so in `living` of test/sweeps/samples.ts';
    expect([verdict(first), hint]).toEqual([String(subject.route.status), hint]);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(effectOfOne).toContain('created Idempotency');
    expect(again).toMatchObject({ status: first.status, body: first.body });
    for (const name of ['location', 'etag', 'content-type'])
      expect(again!.headers.get(name)).toBe(first.headers.get(name));
    expect(again!.headers.get('idempotency-replayed')).toBe('true');
    expect(effect).toEqual([]);
  });

  test('the answer that is kept shows nothing of itself', async () => {
    const person = isGuarded(subject) ? accountOf(sample.token!) : 'guest';
    const hash = fingerprint(person, headers['idempotency-key']!);

    const kept = (await itemsOf(moim)).get(`IDEMPOTENCY#${hash} ANSWER`)!;

    const text = JSON.stringify(kept);
    const sealed = Buffer.from(String(kept.sealed!.S), 'base64').toString('latin1');
    for (const secret of [...textsIn(first.body), ...textsIn(sample.body), headers['idempotency-key']!]) {
      expect(text).not.toContain(secret);
      expect(sealed).not.toContain(secret);
    }
  });

  test('the key with another request is refused', async () => {
    const attempts = [...otherBodies(subject, sample), ...otherPaths(sample)].map((other) => ({
      why: JSON.stringify(other.body ?? other.path),
      ...requestOf(subject, other, headers),
    }));

    if (attempts.length > 0) await refused(world, attempts, '422 IDEMPOTENCY_KEY_REUSED');
    else expect([sample.body ?? {}, placeholders(subject)]).toEqual([{}, []]);
  });

  test('as many at once are one', async () => {
    const count = atOnce[subject.name] ?? many;
    const request = requestOf(subject, await sampleFor(subject, world), key());

    const { answers, effect } = await effectOf(() =>
      Promise.all(Array.from({ length: count }, () => world.send(request))),
    );

    expect(answers.map(verdict)).toEqual(Array(count).fill(String(subject.route.status)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers: given }) => !given.has('idempotency-replayed'))).toHaveLength(1);
    expect(effect.map(asWritten).sort()).toEqual(effectOfOne.map(asWritten).sort());
  });

  test('keys that are too short, too long or no ASCII are refused', async () => {
    const keys = [
      '',
      'short',
      'x'.repeat(15),
      'x'.repeat(129),
      'spaces in a long key',
      'ÿ'.repeat(20),
      '\t'.repeat(20),
    ];

    const answers = await refused(
      world,
      someKeys(keys).map((each) => ({ why: each, ...requestOf(subject, sample, key(each)) })),
      '422 INVALID_REQUEST',
    );

    for (const { body } of answers) expect(body.errors[0].pointer).toBe('header/idempotency-key');
  });

  if (isGuarded(subject))
    test("another person's key opens nothing", async () => {
      const theirs = await world.send(
        requestOf(subject, { ...sample, token: world.onlooker.tokens.accessToken }, headers),
      );
      const again = await world.send(requestOf(subject, sample, headers));

      expect(theirs.headers.get('idempotency-replayed')).toBeNull();
      if (subject.route.status !== 204 && !sameForAll.includes(subject.name))
        expect(theirs.body).not.toEqual(first.body);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    });
});

const accountOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sub as string;

/** The same request with another value in each of its fields that may have another. */
function otherBodies({ route }: Subject, sample: Sample): Sample[] {
  const body = (sample.body ?? {}) as Record<string, unknown>;
  return Object.keys(body).flatMap((name) => {
    const fewer = Array.isArray(body[name]) ? body[name].slice(1) : [];
    const otherId = '01900000-0000-7000-8000-000000000000';
    // Of the same form, where nothing longer is.
    const ending = `${String(body[name]).slice(0, -1)}${String(body[name]).endsWith('x') ? 'y' : 'x'}`;
    const value = [`${body[name]}x`, `x${body[name]}`, otherId, 2, 7, [], fewer, ending].find(
      (each) =>
        JSON.stringify(each) !== JSON.stringify(body[name]) && route.body.safeParse({ ...body, [name]: each }).success,
    );
    return value === undefined ? [] : [{ ...sample, body: { ...body, [name]: value } }];
  });
}

/** The same request about another of the things that its path names. */
const otherPaths = (sample: Sample): Sample[] =>
  [...sample.path.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)].map(([id]) => ({
    ...sample,
    path: sample.path.replace(id, world.onlooker.id),
  }));
