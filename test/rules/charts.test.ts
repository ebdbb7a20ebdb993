/** Row 133: where the marks of charts are, and the picture that can be shared. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { colours } from '../../shared/charts/colours.ts';
import { bars, heatMap, line, meAgainstAverage, monthsOf, pathOf, ring } from '../../shared/charts/geometry.ts';
import { type Picture, progressPicture } from '../../shared/charts/picture.ts';
import { type PictureMember, shownOf } from '../../shared/charts/picture-ranking.ts';
import { escaped, fitted, widthOfText } from '../../shared/charts/svg.ts';
import { chance, later } from '../support/histories.ts';
import { elementsOf } from '../support/xml.ts';

const box = { x: 10, y: 20, width: 300, height: 100 };

describe('geometry', () => {
  test('bars stand on the ground, in equal slots, as high as their values; a gap has none', () => {
    expect(bars([0, 0.5, null, 1, 2, -1], box, { fill: 0.5 })).toEqual([
      { x: 22.5, y: 120, width: 25, height: 0 },
      { x: 72.5, y: 70, width: 25, height: 50 },
      undefined,
      { x: 172.5, y: 20, width: 25, height: 100 },
      { x: 222.5, y: 20, width: 25, height: 100 },
      { x: 272.5, y: 120, width: 25, height: 0 },
    ]);
    expect(bars([1], box, { widest: 30 })[0]).toEqual({ x: 145, y: 20, width: 30, height: 100 });
    expect(bars([], box)).toEqual([]);
  });

  test('a line breaks at gaps, and its points are above the middles of the bars', () => {
    expect(line([1, 0, null, null, 0.5], box)).toEqual([
      [
        { x: 40, y: 20 },
        { x: 100, y: 120 },
      ],
      [{ x: 280, y: 70 }],
    ]);
    expect(line([null], box)).toEqual([]);
    expect(pathOf(line([1, 0, null, 0.5], box))).toBe('M47.5 20L122.5 120M272.5 70');
  });

  test('somebody against the average: both in the same slots, with a scale', () => {
    const against = meAgainstAverage(
      [
        { rate: 1, team: 0.5 },
        { rate: null, team: 0.25 },
      ],
      box,
    );

    expect(against.bars[0]!.x + against.bars[0]!.width / 2).toBe(against.line[0]![0]!.x);
    expect(against.bars[1]).toBeUndefined();
    expect(against.scale.map(({ y }) => y)).toEqual([120, 95, 70, 45, 20]);
    expect(meAgainstAverage([{ rate: 1, team: null }], box, 8).bars[0]!.width).toBe(8);
  });

  test.each([
    [0, 0],
    [0.25, 0.25],
    [1, 1],
    [7, 1],
  ])('a ring of %p is closed to %p', (share, part) => {
    const { radius, dash, gap, centre } = ring(share, 60, 10);

    expect([centre, radius]).toEqual([30, 25]);
    expect(dash / (dash + gap)).toBeCloseTo(part, 3);
  });

  test('a heat map has a column for each week, Monday on top', () => {
    const cells = heatMap(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'next'], { x: 1, y: 2 }, 10);

    expect(cells.at(1)).toEqual({ x: 1, y: 12, of: 'tue' });
    expect(cells.at(-1)).toEqual({ x: 11, y: 2, of: 'next' });
  });
});

test('colours of pictures are those of the style sheet: they are chosen there', () => {
  const sheet = readFileSync('web/src/styles/tokens.css', 'utf8');
  const chosen = Object.keys(colours.light).map((name) => {
    const [, light, dark] = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);`).exec(sheet) ?? [];
    return [name, light, dark];
  });

  expect(
    Object.keys(colours.light).map((name) => [name, Reflect.get(colours.light, name), Reflect.get(colours.dark, name)]),
  ).toEqual(chosen);
});

/** Half a year of somebody with everything in it: the largest picture. */
function large(seed: number, more: Partial<Picture> = {}): Picture {
  const next = chance(seed);
  const first = '2026-06-01';
  const states = ['DONE', 'WAITING', 'PAUSED', 'MISSED', 'OPEN', 'NONE'] as const;
  const value = () => (next() < 0.1 ? null : next() < 0.1 ? 0 : next());
  return {
    ...({
      locale: 'ko',
      theme: 'light',
      title: '새벽 달리기',
      name: '민수',
      today: '2026-11-27',
      rate: 0.875,
    } as const),
    ...({ team: 0.7, rank: 2, members: 14, streak: { unit: 'DAY', current: 12, best: 31 } } as const),
    weeks: Array.from({ length: 30 }, (_, at) => ({ from: later(first, 7 * (at - 4)), rate: value(), team: value() })),
    days: Array.from({ length: 26 * 7 }, (_, at) => {
      const state = states[Math.floor(next() * 6)]!;
      return { day: later(first, at), state, done: state === 'DONE' ? 1 + Math.floor(next() * 4) : 0 };
    }),
    ranking: Array.from({ length: 14 }, (_, at) => ({
      rank: at + 1,
      rate: value(),
      name: at === 9 ? '민수' : null,
      isMe: at === 9,
    })),
    ...more,
  };
}

describe('the picture', () => {
  test.each([
    ['ko', 'light'],
    ['ko', 'dark'],
    ['en', 'light'],
    ['en', 'dark'],
  ] as const)(
    'in %s and %s: is XML, below 20 KB, without scripts, styles, links and anything from outside',
    (locale, theme) => {
      for (let seed = 0; seed < 20; seed++) {
        const svg = progressPicture(large(seed, { locale, theme }));
        const elements = elementsOf(svg);
        expect(Buffer.byteLength(svg)).toBeLessThan(20_000);
        expect([...new Set(elements.map(({ name }) => name))].sort()).toEqual([
          'circle',
          'desc',
          'g',
          'path',
          'rect',
          'svg',
          'text',
          'title',
        ]);
        const names = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
        expect([...names].filter((name) => /^on|href|^style$|src/.test(name))).toEqual([]);
        expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/url\(|https?:|NaN|undefined|Infinity/);
        expect(elements[0]!.attributes).toMatchObject({
          role: 'img',
          'aria-labelledby': 'title desc',
          'xml:lang': locale,
        });
      }
    },
  );

  test('says in words what it shows', () => {
    const says = (more: Partial<Picture>) =>
      /<title id="title">(.*?)<\/title><desc id="desc">(.*?)<\/desc>/.exec(progressPicture(large(1, more)))!.slice(1);
    const weeks = [0.5, null, 1].map((rate, at) => ({ from: later('2026-06-01', at * 7), rate, team: 0.5 }));
    const days = (['DONE', 'PAUSED', 'DONE'] as const).map((state, at) => ({
      day: later('2026-06-01', at),
      state,
      done: 1,
    }));

    expect(says({ weeks, days })).toEqual([
      '민수님의 기록 – 새벽 달리기',
      '인증률 88%, 모임 평균 70%. 연속 인증 12일, 최고 31일. 멤버 14명 중 2위. 최근 몇 주의 인증률: 50%, –, 100%. 인증한 날 2일, 쉬어 간 날 1일.',
    ]);
    expect(says({ weeks, days, locale: 'en', streak: { unit: 'WEEK', current: 1, best: 3 } })[1]).toBe(
      '88% of what was due is done; the group average is 70%. The streak is 1 week, the best one 3 weeks. Rank 2 of 14 members. The last weeks: 50%, –, 100%. 2 days done, 1 day paused.',
    );
    const empty = { weeks: [], days: [], ranking: [], rate: null, team: null, rank: null, name: null };
    expect(says(empty)).toEqual([
      '나의 기록 – 새벽 달리기',
      '아직 인증할 날이 없었어요. 연속 인증 12일, 최고 31일. 인증한 날 0일, 쉬어 간 날 0일.',
    ]);
    expect(says({ ...empty, locale: 'en' })[1]).toContain('Nothing was due yet.');
  });

  test('row 133: the picture of a group has its rate, level and members, no streak, and nobody of its own', () => {
    const group = { name: null, rank: null, team: null, rate: 0.82, level: { level: 12, points: 20, cost: 55 } };
    const days = (['DONE', 'NONE', 'DONE', 'OPEN'] as const).map((state, at) => ({
      ...{ day: later('2026-06-01', at), state, done: state === 'DONE' ? 3 : 0 },
    }));
    const weeks = [{ from: '2026-06-01', rate: 0.5, team: null }];
    const { streak: _, ...whole } = large(5, { ...group, weeks, days, title: null, locale: 'en' });
    const svg = progressPicture(whole);
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

    elementsOf(svg);
    expect(svg).toContain('<title id="title">Progress of the group – A group</title>');
    expect(svg).toContain(
      'On average, members have done 82% of what was due. Level 12, 14 members. The last weeks: 50%. Somebody did something on 2 days.',
    );
    for (const text of ['12', '35 points to the next', '14', 'Members']) expect(texts).toContain(text);
    for (const text of ['Streak', 'Rank', 'Paused', 'Me', 'Nothing yet']) expect(texts).not.toContain(text);
  });

  test('no name becomes markup, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('', '<script>alert(1)</script>', '"/><image href="x"/>', ']]>&#0;'),
        (text, bad) => {
          const name = bad + text;
          const ranking = [{ rank: 1, rate: 1, name, isMe: true }];
          elementsOf(progressPicture(large(2, { title: name, name, ranking })));
          expect(escaped(name)).not.toMatch(/[<>"']/);
        },
      ),
    );
    expect(escaped('a\u0000b\u000bc\ud800d\ufffe🏃‍♀️<&>"\'')).toBe('abc\ufffdd🏃‍♀️&lt;&amp;&gt;&quot;&apos;');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(escaped('\udc00')))).not.toThrow();
  });

  test('row 133: what people typed stays in its place, however wide its letters, and from whichever side they are read', () => {
    const name = '﷽'.repeat(20);
    const ranking = [{ rank: 1, rate: 1, name, isMe: true }];
    const svg = progressPicture(large(2, { title: '\u2e3b'.repeat(50), name, ranking }));
    const held = [
      ...svg.matchAll(/<svg x="(\d+)" [^>]*width="(\d+)"[^>]* overflow="hidden"><text[^>]*>([^<]*)<\/text>/g),
    ];
    const arabic = progressPicture(large(2, { name: 'مرحبا', locale: 'en' }));

    // The bricks of moim begin at 570, the bar of a rate at 276.
    expect(held.map(([, x, room]) => Number(x) + Number(room))).toEqual([560, 560, 270]);
    expect(held.map(([, , , text]) => text![1])).toEqual(['\u2e3b', '﷽', '﷽']);
    expect(svg.match(/[﷽\u2e3b]/g)!.length).toBe(
      held.map(([, , , text]) => text!.match(/[﷽\u2e3b]/g)!.length).reduce((sum, each) => sum + each, 50 + 20),
    );
    expect(arabic).toContain('Progress of \u2068مرحبا\u2069 · As of');
  });

  test('shows the last 26 weeks, in whole weeks', () => {
    const svg = progressPicture(
      large(3, { days: large(3).days.concat([{ day: '2026-11-30', state: 'OPEN', done: 0 }]) }),
    );

    // A cell of another week would lie outside of the panel.
    for (const [, x] of svg.matchAll(/M([\d.]+) [\d.]+h1\d/g)) expect(Number(x)).toBeLessThan(680);
  });

  test('the ranking shows the first five, and the owner wherever they are', () => {
    const members = (count: number, mine: number): PictureMember[] =>
      Array.from({ length: count }, (_, at) => ({ rank: at + 1, rate: 1, name: null, isMe: at === mine }));
    const shown = (count: number, mine: number) => shownOf(members(count, mine)).map((member) => member?.rank ?? '…');

    expect(shown(3, 2)).toEqual([1, 2, 3]);
    expect(shown(9, 4)).toEqual([1, 2, 3, 4, 5]);
    expect(shown(9, 5)).toEqual([1, 2, 3, 4, 6]);
    expect(shown(9, 8)).toEqual([1, 2, 3, 4, '…', 9]);
    expect(shown(9, -1)).toEqual([1, 2, 3, 4, 5]);
    // Nobody else is named, unless the caller names them; without a rate there is no bar and no rank.
    const ranking = [{ rank: null, rate: null, name: null, isMe: true }];
    expect(progressPicture(large(4, { ranking, locale: 'en' }))).toMatch(/>–<\/text><svg[^>]*><text[^>]*>Me<\/text>/);
  });

  test('months are named where they begin, and not too close', () => {
    const from = (...days: readonly string[]) => monthsOf(days.map((day) => ({ from: day })));

    expect(from('2026-06-29', '2026-07-06', '2026-07-13', '2026-08-03')).toEqual([
      { at: 0, month: 6 },
      { at: 2, month: 7 },
    ]);
    expect(from()).toEqual([]);
  });

  test('a text that is too long ends with an ellipsis, and no character is cut', () => {
    expect(fitted('짧은 제목', 200, 20)).toBe('짧은 제목');
    expect(fitted('아주 아주 긴 제목입니다', 100, 20)).toBe('아주 아주…');
    expect(fitted('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 170, 20)).toBe('👩‍👩‍👧‍👦…');
    expect(fitted('WWW', 1, 20)).toBe('…');
    expect(widthOfText('가a', 10)).toBeCloseTo(16);
  });
});
