/** Which answers clients may keep, and what becomes of them, for every route. */
import * as z from 'zod';
import { compressedFrom } from '../../shared/http/kept.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, type Got, json } from './client.ts';
import { each, isGuarded, pathOf, type Sample, type Subject, sampleFor } from './samples.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

const reads = ({ route }: Subject) => route.method === 'GET';
const isKept = ({ route }: Subject) => route.kept;
const send = (
  { route }: Subject,
  { token, path, body }: Sample,
  headers: Readonly<Record<string, string>> = {},
): Promise<Got> =>
  world.send({
    method: route.method,
    path,
    headers: { ...json, ...(token ? bearer(token) : {}), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const shown = ({ headers }: Got, ...names: string[]) => names.map((name) => headers.get(name));

test('answers of other methods than GET are not kept, whatever a contract says', () => {
  const methods = each(isKept).map(([, { route }]) => route.method);

  expect(new Set(methods)).toEqual(new Set(['GET']));
});

describe('what opens something, and other people’s addresses of mail, are not kept', () => {
  /** Names of fields that hold what nobody else may learn. */
  const secret = /token|ticket|secret|password|code$|^key$|mail/i;
  /** Fields of a kept answer with such a name, and why they may be kept. */
  const excused: Readonly<Record<string, string>> = {
    'GET /v1/accounts/me email': 'their own',
    'GET /v1/accounts/me hasPassword': 'says whether there is one',
    'GET /v1/accounts/me mail': 'which mails arrive',
    'GET /v1/accounts/me/identities email': 'their own',
    'GET /v1/accounts/me/notification-settings mail': 'what is mailed',
  };
  const namesIn = (schema: unknown): string[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
    return [...own, ...Object.values(schema).flatMap(namesIn)];
  };

  test('no field of a kept answer sounds like it, but those that are excused', () => {
    const found = each(isKept).flatMap(([key, { route }]) =>
      namesIn(z.toJSONSchema(route.result, { io: 'output' }))
        .filter((name) => secret.test(name))
        .map((name) => `${key} ${name}`),
    );

    expect([...new Set(found)].sort()).toEqual(Object.keys(excused).sort());
  });

  test('these routes alone keep nothing', () => {
    const unkept = each(reads).filter(([, { route }]) => !route.kept);

    expect(unkept.map(([, { name }]) => name).sort()).toEqual([
      'getAccount',
      'getInviteCode',
      'getPasskeyChallenge',
      'getPlanReport',
      'getPrivateMessageReport',
      'getReport',
      'listApplications',
      'listClubProfiles',
      'listExports',
      'listProgressLinks',
      'listWaitingAccounts',
      'showCodes',
    ]);
  });
});

/** Each challenge is another one. */
const repeats = ({ name }: { readonly name: string }) => name !== 'getPasskeyChallenge';

describe.each(each((subject) => reads(subject) && repeats(subject)))('%s', (_, subject) => {
  let sample: Sample;
  beforeAll(async () => {
    sample = await sampleFor(subject, world);
  });

  test('says who may keep its answer', async () => {
    const got = await send(subject, sample, { 'accept-encoding': 'gzip' });

    expect(got.status).toBe(200);
    const [kept, vary, tag] = shown(got, 'cache-control', 'vary', 'etag');
    if (!subject.route.kept)
      expect([kept, vary, got.headers.get('content-encoding')]).toEqual(['no-store', null, null]);
    else if (isGuarded(subject))
      expect([kept, vary]).toEqual(['private, no-cache', 'authorization, accept-language, accept-encoding']);
    else if (subject.route.sharedSeconds > 0)
      expect([kept, vary]).toEqual([
        `public, max-age=0, s-maxage=${subject.route.sharedSeconds}`,
        'authorization, accept-language, accept-encoding',
      ]);
    else expect([kept, vary]).toEqual(['no-cache', 'accept-language, accept-encoding']);
    expect(tag === null).toBe(!subject.route.kept);
    const isLong = Buffer.byteLength(JSON.stringify(got.body)) >= compressedFrom;
    expect(got.headers.get('content-encoding')).toBe(subject.route.kept && isLong ? 'gzip' : null);
  });

  test('is answered 304 to who has it, and whole to who has another', async () => {
    const first = await send(subject, sample);
    const had = first.headers.get('etag') ?? '"3"';

    const [known, listed, any, other] = await Promise.all(
      [had, `"a", ${had.replace('W/', '')}`, '*', '"a"'].map((tags) =>
        send(subject, sample, { 'if-none-match': tags }),
      ),
    );

    // The time of /health passes only with the clock, which stands still.
    for (const got of [known!, listed!, any!]) {
      expect(got.status).toBe(subject.route.kept ? 304 : 200);
      expect(got.body).toEqual(subject.route.kept ? '' : first.body);
      expect(shown(got, 'etag', 'cache-control', 'vary')).toEqual(shown(first, 'etag', 'cache-control', 'vary'));
      expect(shown(got, 'x-content-type-options', 'strict-transport-security')).not.toContain(null);
      if (subject.route.kept) expect(shown(got, 'content-type', 'content-encoding')).toEqual([null, null]);
    }
    expect([other!.status, other!.body]).toEqual([200, first.body]);
  });
});

test.each(each((subject) => reads(subject) && isKept(subject)))(
  '%s has the same tag for the same content, in whatever form, and for that alone',
  async (_, subject) => {
    const sample = await sampleFor(subject, world);
    const asked = isGuarded(subject)
      ? [sample, ...[world.member, world.onlooker].map(({ tokens }) => ({ ...sample, token: tokens.accessToken }))]
      : [sample];
    const forms = [{}, { 'accept-encoding': 'gzip' }, { 'accept-language': 'ko' }];

    const answers = await Promise.all(asked.flatMap((as) => forms.map((form) => send(subject, as, form))));

    const told = answers.filter(({ status, headers }) => status === 200 && headers.has('etag'));
    for (const one of told)
      for (const another of told)
        expect(one.headers.get('etag') === another.headers.get('etag')).toBe(
          JSON.stringify(one.body) === JSON.stringify(another.body),
        );
    expect(told.length).toBeGreaterThan(0);
    for (const { status, headers } of answers)
      if (status !== 200) expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
  },
);

test('another route never has the tag of one, unless both say the same', async () => {
  const asked = await Promise.all(
    each((subject) => reads(subject) && isKept(subject)).map(async ([, subject]) =>
      send(subject, { token: world.leader.tokens.accessToken, path: pathOf(subject, world.ids), body: undefined }),
    ),
  );

  const told = asked.filter(({ status }) => status === 200);
  const tags = new Set(told.map(({ headers }) => headers.get('etag')));

  expect(told.length).toBeGreaterThan(20);
  expect(tags.size).toBe(new Set(told.map(({ body }) => JSON.stringify(body))).size);
});

test.each(each((subject) => !reads(subject)))(
  '%s: nobody keeps its answer, and it is not compressed',
  async (_, subject) => {
    const sample = await sampleFor(subject, world);

    const got = await send(subject, sample, { 'accept-encoding': 'gzip', 'if-none-match': '*' });

    expect(got.status).toBe(subject.route.status);
    expect(shown(got, 'cache-control', 'content-encoding', 'vary')).toEqual(['no-store', null, null]);
  },
);
