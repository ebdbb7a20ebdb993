import { type Json, type JsonObject, object, resolve } from './json.ts';

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90',
  date: '2027-03-01',
  'date-time': '2027-03-01T09:00:00.000Z',
  email: 'mina@example.com',
  uri: 'https://example.com/',
};
const texts = ['text', '123456', 'Asia/Seoul', '2027-W09', 'a', 'A long enough text', ...Object.values(byFormat)];

/** An example that fits a JSON Schema, with the required fields, or with all fields if none is required. */
export function sampleOf(schema: Json | undefined, document: JsonObject): Json {
  const s = (schema ?? {}) as { readonly [name: string]: Json | undefined };
  if (typeof s.$ref === 'string') return sampleOf(resolve(document, s.$ref), document);
  if (s.const !== undefined) return s.const;
  if (s.default !== undefined) return s.default;
  if (Array.isArray(s.examples) && s.examples.length > 0) return s.examples[0] as Json;
  if (Array.isArray(s.enum)) return s.enum[0] as Json;
  const choices = (s.anyOf ?? s.oneOf ?? (s.type ? undefined : s.allOf)) as readonly Json[] | undefined;
  if (choices) return sampleOf(choices[0], document);
  if (s.type === 'object') return sampleObject(s, document);
  if (s.type === 'array') return Number(s.minItems ?? 0) > 0 ? [sampleOf(s.items, document)] : [];
  if (s.type === 'string') return sampleText(s);
  if (s.type === 'boolean') return true;
  if (s.type === 'integer' || s.type === 'number') return Math.max(Number(s.minimum ?? 1), 1);
  return null;
}

function sampleObject(s: { readonly [name: string]: Json | undefined }, document: JsonObject): Json {
  const properties = (s.properties ?? {}) as JsonObject;
  const required = (s.required ?? []) as readonly string[];
  const names = Object.keys(properties).filter((name) => required.length === 0 || required.includes(name));
  return object(Object.fromEntries(names.map((name) => [name, sampleOf(properties[name], document)])));
}

function sampleText(s: { readonly [name: string]: Json | undefined }): string {
  const format = byFormat[String(s.format)];
  if (format) return format;
  const patterns = [s, ...((s.allOf ?? []) as { readonly pattern?: Json }[])].flatMap(({ pattern }) =>
    typeof pattern === 'string' ? [new RegExp(pattern, 'u')] : [],
  );
  const { minLength = 0, maxLength = 1000 } = s as { minLength?: number; maxLength?: number };
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  return texts.find((text) => fits(text) && patterns.every((pattern) => pattern.test(text))) ?? 'text';
}
