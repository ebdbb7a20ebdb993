/** Time zones as the web client names them. */

import { allZones, zoneOf, zonesFor } from '../../web/src/app/zones.ts';
import { zoneCities } from '../../web/src/messages/zones-ko.ts';

const now = new Date('2026-03-02T03:00:00Z');

test('cities have Korean names in Korean, and are found by them and by their English ones', () => {
  const zones = allZones('ko', zoneCities, now);
  const found = (text: string) => zonesFor(text, zones).map(({ id }) => id);

  expect(zoneOf('Asia/Seoul', 'ko', zoneCities, now)).toMatchObject({ city: '서울', offset: 540 });
  expect(zoneOf('America/New_York', 'ko', zoneCities, now).city).toBe('뉴욕');
  expect(zoneOf('America/New_York', 'en', {}, now).city).toBe('New York');
  expect(found('뉴욕')).toEqual(['America/New_York']);
  expect(found('new york')).toEqual(['America/New_York']);
  expect(found('america/new_york')).toEqual(['America/New_York']);
  // Small places keep the name of their id.
  expect(zoneOf('Antarctica/Troll', 'ko', zoneCities, now).city).toBe('Troll');
});

test('the zones that most people have are all named in Korean', () => {
  const latin = allZones('ko', zoneCities, now).filter(({ city }) => /[a-z]/i.test(city));
  const large = [
    'Asia/Seoul',
    'Asia/Tokyo',
    'Europe/London',
    'Europe/Paris',
    'America/Los_Angeles',
    'Australia/Sydney',
  ];
  expect(latin.map(({ id }) => id).filter((id) => large.includes(id))).toEqual([]);
  expect(allZones('ko', zoneCities, now).length - latin.length).toBeGreaterThan(120);
});
