/**
 * The samples of the documents, against the product: each route, action and event has one, it fits its contract, holds no secret,
 * and the product answers in the same form. After a change: `npm run docs:samples`.
 */
import { readFileSync } from 'node:fs';
import type { Json } from '../../docgen/json.ts';
import type { Samples } from '../../docgen/samples.ts';
import { features } from '../../functions/features.ts';
import { documented } from '../support/documented.ts';
import { useMoim } from '../support/moim.ts';
import { type Recording, recorded } from './recorded.ts';
import type { Played } from './recorded-socket.ts';
import { placeholders, subjects } from './samples.ts';
import { differences, isOpaque } from './stable.ts';

const moim = useMoim({ lists: true });
const samples = JSON.parse(readFileSync('docs/samples.json', 'utf8')) as Samples;
let now: Recording;
beforeAll(async () => {
  now = await recorded(moim);
});
const hint = 'if it is meant: npm run docs:samples';

test('#18.2: every route, action and event has a sample, and no other thing has', () => {
  const names = (of: 'actions' | 'events') =>
    features.flatMap((feature) => Object.values(feature[of]).map(({ name }) => name));

  expect([Object.keys(samples.routes).sort(), hint]).toEqual([subjects.map(({ name }) => name).sort(), hint]);
  expect([Object.keys(samples.actions).sort(), hint]).toEqual([names('actions').sort(), hint]);
  expect([Object.keys(samples.events).sort(), hint]).toEqual([names('events').sort(), hint]);
  expect(Object.keys(samples.ids).sort()).toEqual([...new Set(subjects.flatMap(placeholders))].sort());
});

test('#18.2: the product takes each request of a sample, and answers in the form that is shown', () => {
  const changed = <T>(shown: Readonly<Record<string, T>>, played: Readonly<Record<string, Played<T>>>) =>
    Object.entries(played).flatMap(([name, { got }]) =>
      differences(shown[name] as Json, got as Json).map((difference) => `${name}: ${difference}`),
    );

  expect([changed(samples.routes, now.routes), hint]).toEqual([[], hint]);
  expect([changed(samples.actions, now.actions), hint]).toEqual([[], hint]);
  expect([changed(samples.events, now.events), hint]).toEqual([[], hint]);
  expect([differences(samples.refused as unknown as Json, now.refused.got as unknown as Json), hint]).toEqual([
    [],
    hint,
  ]);
});

test.each(subjects.map((subject) => [subject.name, subject] as const))(
  '#18.2: the sample of %s fits its contract',
  (name, { route }) => {
    const { path, body, status, answer } = samples.routes[name]!;
    const [plain, query] = path.split('?') as [string, string?];

    expect(plain).toBe(route.path.replace(/\{(\w+)\}/g, (_, id: string) => samples.ids[id]!));
    expect(status).toBe(route.status);
    expect(route.query.safeParse(Object.fromEntries(new URLSearchParams(query))).error).toBeUndefined();
    expect(route.body.safeParse(body ?? {}).error).toBeUndefined();
    const headers = new Headers(answer === undefined ? {} : { 'content-type': route.mediaType });
    expect(() => documented(route.method, plain, status, headers, answer)).not.toThrow();
  },
);

test('#18.2: what goes over the socket fits its contract', () => {
  const wrong = features.flatMap(({ actions, events }) => [
    ...Object.values(actions).flatMap(({ name, data, reply }) => [
      data.safeParse(samples.actions[name]!.message.data ?? {}).error,
      reply.safeParse(samples.actions[name]!.reply.data).error,
    ]),
    ...Object.values(events).map(({ name, data }) => data.safeParse(samples.events[name]!.data).error),
  ]);

  expect(wrong.filter((error) => error !== undefined)).toEqual([]);
});

test('no sample shows a secret, a real address, or a machine', () => {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) collect(each);
  };
  collect(samples);
  const words = texts.flatMap((text) => text.split(/[\s?=&#,:]+|\/\//));

  expect(words.length).toBeGreaterThan(1000);
  expect(words.filter((word) => isOpaque(word) && !/^sample-|^[\w/.-]*0197a3c5-7a44-7f3e-9d0b-/.test(word))).toEqual(
    [],
  );
  expect(texts.filter((text) => /eyJ[\w-]{10}|AKIA|127\.0\.0\.1/.test(text))).toEqual([]);
  expect(texts.filter((text) => /@(?!example\.com)[\w-]+\./.test(text.replace('%40', '@')))).toEqual([]);
  const codes = texts.filter((text) => /^[A-Z2-7-]{20,}$/.test(text));
  expect(codes.filter((code) => !code.startsWith('SAMP'))).toEqual([]);
});

test('what has another form than its sample is found, wherever it is', () => {
  const shown = { id: 'a', state: 'OPEN', list: [{ n: 1 }], none: null };

  expect(differences(shown, { id: 'b', state: 'OPEN', list: [{ n: 2 }, { n: null }], none: null })).toEqual([]);
  expect(differences(shown, { id: 1, state: 'SHUT', list: [{ m: 1 }], none: null, more: 1 })).toEqual([
    '/id shows string, and is number',
    '/state shows OPEN, and is SHUT',
    '/list/0/n shows number, and is undefined',
    '/list/0/m shows undefined, and is number',
    '/more shows undefined, and is number',
  ]);
  expect(differences([], [1])).toEqual([' shows 0 of 1']);
  expect(differences({ animal: 'OTTER' }, { animal: 'CAT' })).toEqual([]);
  expect(differences({ animal: 'OTTER' }, { animal: null })).toHaveLength(1);
});
