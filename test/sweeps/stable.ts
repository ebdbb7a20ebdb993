/** Makes what the product answered fit for a document: ids, instants and secrets give way to stable ones. */
import { createHash } from 'node:crypto';
import type { Json } from '../../docgen/json.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** When samples happen: noon in Seoul. */
const noon = Date.parse('2026-03-02T03:00:00Z');
const people = ['hana', 'doyun', 'sora', 'jiwoo'];

/** An id that is the same in every recording: a UUID of version 7 with a made-up end. */
export function sampleId(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex');
  return `0197a3c5-7a44-7f3e-9d0b-${hash.slice(0, 12)}`;
}

/** Something as long as a secret, that is plainly none. */
const filler = (name: string, length: number) =>
  `sample-${name.replace(/[^A-Za-z]/g, '')}-`.padEnd(length, 'x').slice(0, length);
/** Base32, as codes are that people type. */
const letters = (length: number) => 'SAMPLEABCDEFGHIJKLMNOPQRSTUVWXYZ'.repeat(2).slice(0, length);

/** Codes and secrets in base32: one of two hundred has no digit. */
const secretLetters = /^[A-Z2-7]{26,32}$/;

/** Texts whose form says what they are. */
const byForm: readonly (readonly [RegExp, (found: string, key: string) => string])[] = [
  [/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/, (_, key) => filler(key, 40)],
  [/^otpauth:/, () => `otpauth://totp/moim:mina%40example.com?issuer=moim&secret=${letters(32)}`],
  [
    /^ws:\/\/[^/]+(.*\?ticket=).*$/,
    (found) => found.replace(/^ws:\/\/[^/]+(.*\?ticket=).*$/, `wss://socket.example.com$1${filler('ticket', 43)}`),
  ],
  [
    /^http:\/\/127\.0\.0\.1:\d+\/\w+\/authorize\?/,
    () => `https://provider.example.com/authorize?client_id=moim&state=${filler('state', 43)}`,
  ],
  [
    /^http:\/\/127\.0\.0\.1:\d+\/bucket\w+/,
    (found) =>
      found
        .replace(/^http:\/\/127\.0\.0\.1:\d+\/bucket\w+/, 'https://bucket.example.com')
        .replace(/\?.*$/, `?X-Amz-Signature=${filler('signature', 43)}`),
  ],
  [
    /^http:\/\/127\.0\.0\.1:\d+/,
    (found) =>
      found
        .replace(/^http:\/\/127\.0\.0\.1:\d+/, 'https://moim.example')
        .replace(/-[0-9a-f]{8}(?=(-\d+)?\?)/, '-sample')
        .replace(/\?.*$/, `?signature=${filler('signature', 43)}`),
  ],
  [
    /^https:\/\/dev\.moim\.example/,
    (found) => found.replace('dev.moim.example', 'moim.example').replace(/#.*$/, `#${filler('token', 43)}`),
  ],
  [/^dev\.moim\.example$/, () => 'moim.example'],
  [/^code=.*&state=/, () => `code=sample-code&state=${filler('state', 43)}`],
  [/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/, () => letters(24).replace(/(.{4})(?=.)/g, '$1-')],
  [secretLetters, (found) => letters(found.length)],
  [/^\d{6}$/, () => '123456'],
  [/^\d{8}T\d{6}Z$/, () => '20260302T030000Z'],
  [/^AKIA[A-Z0-9]+\//, () => 'sample-credential/20260302/us-east-1/s3/aws4_request'],
  [/^bucket[0-9a-f]{8}$/, () => 'sample-bucket'],
  [/^a-token-of-an-app:/, (_, key) => filler(key, 40)],
];
/** Letters and digits in one word, longer than words are: only a machine reads it. */
export const isOpaque = (text: string) =>
  /^[\w.~+=-][\w.~+/=-]{21,}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text);

/** Too short to be told from words by their form. */
const alwaysRandom = ['requestId', 'userHandle'];

export interface Stable {
  /** The same value, with the ids that were known before. */
  <T extends Json | undefined>(value: T, of?: string): T;
  /** Says what an id of the product is called. */
  readonly knows: (id: string, name: string) => void;
}

/**
 * For one request and its answer.
 *
 * @param raw all that is to be made stable, for the order of its instants
 */
export function stableFor(raw: Json, now: number): Stable {
  const names = new Map<string, string>();
  const seen: string[] = [];
  const past = [...new Set(instantsIn(raw))]
    .map((text) => Date.parse(text))
    .filter((t) => t <= now)
    .sort((a, b) => a - b);

  const at = (text: string) => {
    const t = Date.parse(text);
    const before = t > now ? now - t : (past.length - 1 - past.indexOf(t) + (past.at(-1) === now ? 0 : 1)) * 60_000;
    return new Date(noon - before).toISOString();
  };
  const named = (id: string, wanted: string) => {
    if (!names.has(id)) {
      const taken = [...names.values()];
      let name = wanted;
      for (let n = 2; taken.includes(name); n++) name = `${wanted}${n}`;
      names.set(id, name);
    }
    return sampleId(names.get(id)!);
  };
  const person = (tail: string) => {
    if (!seen.includes(tail)) seen.push(tail);
    return people[seen.indexOf(tail) % people.length]!;
  };
  const text = (value: string, key: string, parent: string): string => {
    if (instant.test(value)) return at(value);
    if (value.startsWith('<svg')) return `${value.slice(0, 120)} …</svg>`;
    if (alwaysRandom.includes(key)) return filler(key, value.length);
    if (/^[0-9a-f]{12}$/.test(value)) return person(value);
    const address = /^[0-9a-f-]{24}([0-9a-f]{12})@example\.com$/.exec(value);
    if (address) return `${person(address[1]!)}@example.com`;
    const form = byForm.find(([pattern]) => pattern.test(value));
    // Ids and a secret in one.
    if (!form && value.includes('.') && /^[\w.-]+$/.test(value) && value.replace(uuid, '').length < value.length)
      return value
        .split('.')
        .map((part) => (part.length === 36 ? named(part, key) : filler(key, part.length)))
        .join('.');
    const formed = form ? form[1](value, key) : value;
    const kind = /^([a-z]+):[0-9a-f-]{36}$/.exec(value)?.[1];
    const wanted = kind ? `${kind}Id` : key === 'id' ? parent : key.replace(/Ids$/, 'Id');
    const whole = formed.replace(uuid, (id) => (id.startsWith('0197a3c5') ? id : named(id, wanted)));
    return isOpaque(whole) && !whole.startsWith('sample-') && !whole.includes('0197a3c5')
      ? filler(key, Math.min(whole.length, 64))
      : whole;
  };
  const walk = (value: Json, key: string, parent: string): Json => {
    if (typeof value === 'string') return text(value, key, parent);
    if (Array.isArray(value)) return shortened(value).map((each) => walk(each, key, parent));
    if (value === null || typeof value !== 'object') return value;
    const inner = key === 'items' || key === '' ? parent : `${key}Id`;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, name, inner)]));
  };
  const stable = <T extends Json | undefined>(value: T, of = 'id') =>
    value === undefined ? value : (walk(value, '', of) as T);
  return Object.assign(stable, { knows: (id: string, name: string) => void named(id, name) });
}

/** A list of things shows two of them: more would say nothing more. */
const shortened = (list: readonly Json[]) =>
  list.some((each) => typeof each === 'object') ? list.slice(0, 2) : list.slice(0, 8);

function instantsIn(value: Json): string[] {
  if (typeof value === 'string') return instant.test(value) ? [value] : [];
  return value === null || typeof value !== 'object' ? [] : Object.values(value as object).flatMap(instantsIn);
}

/** Words in capitals are names that programs rely on. */
const isWord = (value: Json) =>
  typeof value === 'string' &&
  /^[A-Z][A-Z_]+$/.test(value) &&
  !secretLetters.test(value) &&
  !value.startsWith('SAMPLE');
/** Words that the product draws by lot. */
const byLot = ['animal'];
const kindOf = (value: Json | undefined) => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/**
 * Where what is shown has another form than what the product gave: other fields, other kinds of values, other words in capitals.
 * A list shows some of what the product gave.
 */
export function differences(shown: Json | undefined, got: Json | undefined, at = ''): string[] {
  if (kindOf(shown) !== kindOf(got)) return [`${at} shows ${kindOf(shown)}, and is ${kindOf(got)}`];
  if (Array.isArray(shown)) {
    const all = got as readonly Json[];
    if (shown.length === 0 || all.length === 0)
      return shown.length === all.length ? [] : [`${at} shows ${shown.length} of ${all.length}`];
    return shown.flatMap((each, i) =>
      all.some((other) => differences(each, other).length === 0)
        ? []
        : differences(each, all[i] ?? all[0], `${at}/${i}`),
    );
  }
  if (shown === null || typeof shown !== 'object')
    return (isWord(shown!) || isWord(got!)) && shown !== got && !byLot.some((name) => at.endsWith(`/${name}`))
      ? [`${at} shows ${shown}, and is ${got}`]
      : [];
  const [fields, others] = [shown, got] as [Record<string, Json>, Record<string, Json>];
  return [...new Set([...Object.keys(fields), ...Object.keys(others)])].flatMap((name) =>
    differences(fields[name], others[name], `${at}/${name}`),
  );
}
