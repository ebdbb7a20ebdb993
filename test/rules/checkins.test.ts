/** Row 156: codes of a meeting. Each rule beside a slow second computation. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { timesOf } from '../../functions/activity/attendance/rules.ts';
import {
  codesFrom,
  isAt,
  isOpen,
  isTaken,
  metresBetween,
  roughly,
  windowOf,
} from '../../functions/activity/checkins/rules.ts';
import { iso } from '../../shared/core/time.ts';
import { codeOf, newTotpSecret, stepOf } from '../../shared/product/totp.ts';

const startsAt = Date.parse('2026-03-02T10:00:00Z');
const window = windowOf(
  timesOf({ weekday: 1, start: '19:00', graceMinutes: 30, since: '2026-03-01' }, '2026-03-02', 'Asia/Seoul'),
  '2026-03-02',
  'Asia/Seoul',
);
const secret = newTotpSecret();
const seconds = (count: number) => startsAt + count * 1000;
const opening = -15 * 60;
const closing = 30 * 60;

/** RFC 4226, 5.3, by hand. */
function slowCode(base32: string, step: number): string {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g)!;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const key = Buffer.from(bytes.map((each) => Number.parseInt(each, 2)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const number = hash.readUInt32BE(hash[19]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('codes are those of RFC 6238, also those of its appendix, and lead back to their step', () => {
  // The secret of appendix B in base32. Its codes have 8 digits, of which ours are the last six.
  const known = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const table = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const;
  for (const [time, code] of table) expect(codeOf(known, Math.floor(time / 30))).toBe(code.slice(2));
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 2 ** 36 }), (step) => {
      const own = newTotpSecret();
      expect(codeOf(own, step)).toBe(slowCode(own, step));
      expect(stepOf(own, codeOf(own, step), step * 30_000 + 15_000)).toBeDefined();
    }),
  );
});

test.each([
  ['19:00', 30, '18:45', '19:30'],
  ['00:05', 30, '00:00', '00:35'],
  ['23:30', 60, '23:15', '23:57'],
  ['23:27', 30, '23:12', '23:57'],
])(
  'row 156: a meeting at %s with a grace of %d minutes has codes from %s to %s',
  (start, graceMinutes, from, until) => {
    const day = '2026-03-02';
    const times = timesOf({ weekday: 1, start, graceMinutes, since: day }, day, 'Asia/Seoul');
    const { opensAt, closesAt } = windowOf(times, day, 'Asia/Seoul');
    const wall = (at: number) => iso(at + 9 * 3_600_000).slice(0, 16);
    expect([opensAt, closesAt].map(wall)).toEqual([`${day}T${from}`, `${day}T${until}`]);
    const codes = codesFrom(secret, { opensAt, closesAt }, closesAt - 60_000);
    expect(codes.map(({ until: end }) => end)).toEqual([iso(closesAt - 30_000), iso(closesAt)]);
  },
);

test('row 156: at every second of a meeting and around it, exactly the codes of its steps are taken, one step off at most', () => {
  // Of two steps with the same code the earlier one would be meant as well: none are here, or the seed is another one.
  const own = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const steps = Array.from({ length: 100 }, (_, at) => startsAt / 30_000 - 35 + at);
  const codes = new Map(steps.map((step) => [codeOf(own, step), step]));
  expect(codes.size).toBe(steps.length);
  const wrong: string[] = [];
  for (let second = opening - 90; second <= closing + 90; second += 5)
    for (const [code, step] of codes) {
      const from = step * 30 - startsAt / 1000;
      const isShown = from >= opening && from < closing;
      const isNear = second >= from - 30 && second < from + 60;
      const expected = second >= opening && isShown && isNear;
      if (isTaken(own, code, window, seconds(second)) !== expected) wrong.push(`${second} ${from}`);
    }
  expect(wrong).toEqual([]);
});

test('row 156: a code of 61 s ago is refused, and one of a minute later; one step is taken for clocks that differ', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: opening * 1000, max: closing * 1000 - 1 }),
      fc.integer({ min: 61, max: 600 }),
      (at, age) => {
        const code = codeOf(secret, Math.floor((startsAt + at) / 30_000));
        const [later, earlier] = [startsAt + at + age * 1000, startsAt + at - age * 1000];
        // One in 300,000 codes is also that of a step nearby.
        for (const now of [later, earlier])
          expect(
            isTaken(secret, code, window, now) && stepOf(secret, code, now) === Math.floor((startsAt + at) / 30_000),
          ).toBe(false);
        expect(isTaken(secret, code, window, startsAt + at)).toBe(true);
      },
    ),
  );
});

test('codes are shown from a quarter of an hour before the start to the end of the grace, of ten minutes at a time', () => {
  const shown = (second: number) => codesFrom(secret, window, seconds(second));
  expect(
    [opening - 1, opening, closing - 301, closing - 30, closing - 1, closing].map((at) => shown(at).length),
  ).toEqual([...[0, 20, 11, 1, 1, 0]]);
  fc.assert(
    fc.property(fc.integer({ min: opening, max: closing - 1 }), (second) => {
      const codes = shown(second);
      for (const [at, { code, until }] of codes.entries()) {
        const end = (Math.floor(seconds(second) / 30_000) + at + 1) * 30_000;
        expect([code, until]).toEqual([slowCode(secret, end / 30_000 - 1), iso(end)]);
        // Whatever is shown is taken while it is shown, and half a minute later.
        for (const now of [end - 30_000, end - 1, end + 29_999])
          if (now >= window.opensAt) expect(isTaken(secret, code, window, now)).toBe(true);
      }
      expect(Date.parse(codes[0]!.until) - seconds(second)).toBeLessThanOrEqual(30_000);
    }),
  );
});

test.each([
  [opening - 1, false],
  [opening, true],
  [closing + 29, true],
  [closing + 30, false],
])('%s s from the start, codes are taken: %s', (second, open) => {
  expect(isOpen(window, seconds(second))).toBe(open);
});

/** The angle between two vectors: another way to the same metres. */
function slowMetres(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const vector = ({ latitude, longitude }: typeof a) => {
    const [y, x] = [latitude, longitude].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
    return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)] as const;
  };
  const [p, q] = [vector(a), vector(b)];
  return 6_371_000 * 2 * Math.asin(Math.min(1, Math.hypot(...p.map((each, at) => each - q[at]!)) / 2));
}

const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

test('row 156: within 150 m counts as there, by rounded positions; the date line is no border', () => {
  const gangnam = { latitude: 37.4979, longitude: 127.0276 };
  const north = (metres: number) => ({ ...gangnam, latitude: gangnam.latitude + metres / 111_195 });
  expect([0, 100, 140, 165, 200, 5000].map((metres) => isAt(north(metres), gangnam))).toEqual([
    ...[true, true, true, false, false, false],
  ]);
  expect(isAt({ latitude: 0, longitude: 179.9999 }, { latitude: 0, longitude: -179.9999 })).toBe(true);
  fc.assert(
    fc.property(position, position, (a, b) => {
      expect(Math.abs(metresBetween(a, b) - slowMetres(a, b))).toBeLessThan(1);
      expect(metresBetween(a, a)).toBe(0);
      const near = roughly(a);
      expect(metresBetween(a, near)).toBeLessThan(8);
      expect(Math.abs(near.latitude * 10_000 - Math.round(near.latitude * 10_000))).toBeLessThan(1e-6);
    }),
  );
});
