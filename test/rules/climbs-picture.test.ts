/** Row 133: what somebody climbed, as a picture. */
import { wholeTop } from '../../shared/charts/geometry.ts';
import { climbsPicture } from '../../shared/charts/picture-climbs.ts';
import { later } from '../support/histories.ts';
import { elementsOf } from '../support/xml.ts';

test('row 133: the picture of climbs is XML in both languages, below 20 KB, with whole numbers at its scale and one name', () => {
  const weeks = [3, 10.5, 0].map((points, at) => ({
    from: later('2026-06-01', 7 * at),
    points,
    average: at ? 4.5 : null,
  }));
  const ranking = [40, 31.5, 30, 30, 20, 19, 7].map((points, at) => ({
    ...{ rank: at + 1, points, name: at === 6 ? '</text>민수' : null, isMe: at === 6 },
  }));
  for (const [locale, theme] of [
    ['ko', 'light'],
    ['en', 'dark'],
  ] as const) {
    const svg = climbsPicture({
      ...{ locale, theme, title: '바위타기', name: '민수', today: '2026-06-20', season: '봄', rank: 7, members: 12 },
      ...{ points: 7, minutes: 385, solved: [{ level: 4, count: 12 }], weeks, ranking },
    });
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    elementsOf(svg);
    expect(Buffer.byteLength(svg)).toBeLessThan(20_000);
    expect(texts.filter((text) => ['12', '6', '0'].includes(text!))).toEqual(expect.arrayContaining(['12', '6', '0']));
    expect(svg.match(/민수/g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
  expect([wholeTop([]), wholeTop([4]), wholeTop([4.5]), wholeTop([21])]).toEqual([4, 4, 8, 24]);
});
