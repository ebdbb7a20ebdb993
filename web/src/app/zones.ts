/** Time zones of the world, by names that people know. `Intl` has their names in every language, and cities in none. */

export interface Zone {
  /** `Asia/Seoul` */
  readonly id: string;
  /** `서울`, `Seoul` */
  readonly city: string;
  /** `대한민국 시간`, `Korean Standard Time`: what people there call it. */
  readonly name: string;
  /** The time there now, as one reads it on a clock. */
  readonly time: string;
  /** Minutes ahead of UTC now. */
  readonly offset: number;
}

export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const part = (locale: string, timeZone: string, timeZoneName: 'long' | 'longOffset' | 'longGeneric', now: Date) =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** @example minutesOf('GMT-03:30') // -210 */
const minutesOf = (offset: string): number => {
  const [, sign, hours, minutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(offset) ?? [];
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
};

/** What people call the time of a zone: `대한민국 시간`, `Korean Standard Time`. Its id means nothing to them. */
export const zoneName = (id: string, locale: string) => part(locale, id, 'longGeneric', new Date());

/** Cities in the language of the person, by the end of the zone's id: `{ New_York: '뉴욕' }`. */
export type Cities = Readonly<Record<string, string>>;

export function zoneOf(id: string, locale: string, cities: Cities, now = new Date()): Zone {
  const place = id.split('/').at(-1)!;
  return {
    id,
    city: cities[place] ?? place.replaceAll('_', ' '),
    name: part(locale, id, 'longGeneric', now),
    time: new Intl.DateTimeFormat(locale, { timeZone: id, hour: 'numeric', minute: '2-digit' }).format(now),
    offset: minutesOf(part('en', id, 'longOffset', now)),
  };
}

/** All zones that this browser knows, from west to east. It takes some milliseconds: ask when somebody wants to choose. */
export const allZones = (locale: string, cities: Cities, now = new Date()): Zone[] =>
  Intl.supportedValuesOf('timeZone')
    .map((id) => zoneOf(id, locale, cities, now))
    .toSorted((a, b) => a.offset - b.offset || a.id.localeCompare(b.id));

/** Those whose id, city or name has all words that one looks for. */
export function zonesFor(text: string, zones: readonly Zone[]): Zone[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return zones.filter(({ id, city, name }) => {
    const whole = `${id.replaceAll('_', ' ')} ${id} ${city} ${name}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
