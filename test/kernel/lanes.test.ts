import { features } from '../../functions/features.ts';
import { feature, placed } from '../../shared/core/contract.ts';
import { declaredIn, handsOver, lanesOf } from '../../shared/core/lanes.ts';
import { unionOf } from '../../shared/core/rights.ts';
import { entities } from '../../shared/data/registry.ts';
import { consumersOf, kept, namedOf } from '../../shared/events/consumers.ts';

const bakes = placed(
  'activity',
  feature({
    name: 'bakes',
    summary: 'Bakes',
    consumers: {
      smell: {
        summary: 'Smells',
        entity: 'Outbox',
        on: ['INSERT'],
        lane: 'live',
        rights: { read: ['Account'], postToSockets: true },
      },
      clean: {
        summary: 'Cleans',
        entity: 'Export',
        on: ['REMOVE'],
        lane: 'background',
        rights: { read: ['Account', 'Group'], deleteObjects: ['files/'] },
        keeps: ['exportId'],
      },
    },
    rights: {},
  }),
);

test('a lane has the consumers that name it, under their feature’s name, and the rights of them all', () => {
  const lanes = lanesOf([bakes]).map(({ feature: { name, consumers, rights }, trigger }) => [
    `${name} ${trigger}`,
    Object.keys(consumers),
    rights[trigger],
  ]);

  expect(lanes).toEqual([
    ['live stream', ['bakes.smell'], { read: ['Account'], postToSockets: true }],
    ['background stream', ['bakes.clean'], { read: ['Account', 'Group'], deleteObjects: ['files/'] }],
    // What is tried again reads its item anew, unless that is gone.
    [
      'parked queue',
      ['bakes.smell', 'bakes.clean'],
      { read: ['Account', 'Outbox', 'Group'], postToSockets: true, deleteObjects: ['files/'] },
    ],
  ]);
  expect(lanesOf([{ ...bakes, consumers: {} }])).toEqual([]);
});

test('heavy work is handed over by the background lane, which has neither its rights nor its code', () => {
  const heavy = { ...bakes.consumers.clean, lane: 'heavy', on: ['INSERT'], having: 'exportId' } as const;
  const lanes = lanesOf([{ ...bakes, consumers: { clean: heavy } }]);

  expect(lanes.map(({ feature: { name, rights, tuning }, trigger }) => [name, rights[trigger], tuning])).toEqual([
    ['background', {}, {}],
    [
      'heavy',
      { read: ['Account', 'Group', 'Export'], deleteObjects: ['files/'] },
      { queue: { memory: 1769, timeout: 180 } },
    ],
  ]);
  expect(lanes.map(({ feature }) => handsOver(feature))).toEqual([true, false]);
  const parts = declaredIn(lanes[0]!.feature).map(([feature, declared]) => ({ feature, declared }));
  expect(namedOf(parts)).toMatchObject([{ name: 'bakes.clean', heavy: true, having: 'exportId' }]);
});

test('several rights together allow what one of them does', () => {
  expect(unionOf([{ read: ['Account'] }, { read: ['Group', 'Account'], sendMail: true }, {}])).toEqual({
    read: ['Account', 'Group'],
    sendMail: true,
  });
});

test('a consumer without a service is named when its function starts', () => {
  const [[name, declared]] = declaredIn(lanesOf([bakes])[0]!.feature) as [[string, never]];
  const consumers = consumersOf<{ consumers: Record<never, never> }>()({});

  expect(() => namedOf([{ feature: name, declared, consumers }])).toThrow(
    'consumers.ts of "bakes" has no "smell", which its contract declares',
  );
});

test('what is kept of an item is what is named, and of the objects in a list one attribute', () => {
  const item = { id: '1', title: 'secret', files: [{ key: 'a', name: 'secret' }, { key: 'b' }] };

  expect(kept(item, ['id', 'files.key', 'missing'])).toEqual({ id: '1', files: [{ key: 'a' }, { key: 'b' }] });
  expect([kept(item), kept(undefined, ['id'])]).toEqual([undefined, undefined]);
});

describe('the consumers of the product', () => {
  const consumers = features.flatMap(({ name, consumers: own }) =>
    Object.entries(own).map(([consumer, declared]) => [`${name}.${consumer}`, declared] as const),
  );
  const personal = /email|login|nickname|name|title|text|description|reason|values|to$|link|body/i;

  test.each(consumers)(
    '%s parks nothing of a person: neither in the keys of its items nor in what it keeps',
    (_, consumer) => {
      const { pk, sk } = entities[consumer.entity];
      const inKeys = [...`${pk} ${sk}`.matchAll(/\{(\w+)\}/g)].map(([, attribute]) => attribute!);

      expect(inKeys.filter((attribute) => personal.test(attribute))).toEqual([]);
      expect((consumer.keeps ?? []).filter((attribute) => personal.test(attribute))).toEqual([]);
    },
  );

  test.each(consumers)('%s keeps something if it follows removals: nothing else is left then', (_, consumer) => {
    expect(consumer.on.includes('REMOVE') && !consumer.keeps).toBe(false);
  });
});
