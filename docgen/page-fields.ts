import { type Html, html, prose, raw } from './html.ts';
import { type Json, type JsonObject, resolve } from './json.ts';

type Schema = { readonly [name: string]: Json | undefined };

interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);
const choicesOf = (s: Schema) => (s.anyOf ?? s.oneOf) as readonly Schema[] | undefined;

/** The type of a schema in words. Shared schemas are links. */
export function typeOf(s: Schema): Html {
  if (typeof s.$ref === 'string') return html`<a href="#schema-${nameOf(s.$ref)}">${nameOf(s.$ref)}</a>`;
  const choices = choicesOf(s);
  if (choices) return raw(choices.map((choice) => typeOf(choice).html).join(' or '));
  if (s.const !== undefined) return html`<code>${JSON.stringify(s.const)}</code>`;
  if (Array.isArray(s.enum)) return raw(s.enum.map((value) => html`<code>${String(value)}</code>`.html).join(' '));
  if (s.type === 'array') return html`list of ${typeOf((s.items ?? {}) as Schema)}`;
  if (Array.isArray(s.type)) return html`${s.type.join(' or ')}`;
  return html`${s.format ? String(s.format) : String(s.type ?? 'anything')}`;
}

/** The limits of a value in words, with backticks around code. */
export function limitsOf(s: Schema): string {
  const from = s.minLength ?? s.minimum ?? s.minItems;
  const to = s.maxLength ?? s.maximum ?? s.maxItems;
  const unit = s.type === 'string' ? ' characters' : s.type === 'array' ? ' entries' : '';
  const inner = (choicesOf(s) ?? []).map(limitsOf).filter((text) => text !== '');
  return [
    from !== undefined && to !== undefined ? `${from}-${to}${unit}` : '',
    from !== undefined && to === undefined ? `at least ${from}${unit}` : '',
    from === undefined && to !== undefined ? `at most ${to}${unit}` : '',
    s.default !== undefined ? `\`${JSON.stringify(s.default)}\` by default` : '',
    typeof s.pattern === 'string' ? `like \`${s.pattern}\`` : '',
    ...inner,
  ]
    .filter((text) => text !== '')
    .join('; ');
}

/** The fields of an object. Fields of nested objects have dotted names. */
function fieldsOf(s: Schema, prefix = ''): readonly Field[] {
  const required = (s.required ?? []) as readonly string[];
  return Object.entries((s.properties ?? {}) as Readonly<Record<string, Schema>>).flatMap(([name, schema]) => {
    const own = { name: prefix + name, schema, required: required.includes(name) };
    const inner = schema.type === 'array' ? ((schema.items ?? {}) as Schema) : schema;
    const dot = schema.type === 'array' ? '[].' : '.';
    return [own, ...(inner.type === 'object' ? fieldsOf(inner, `${own.name}${dot}`) : [])];
  });
}

/** A table of an object's fields. A schema that is only a reference becomes a link; a choice lists its cases. */
export function fieldTable(schema: Json | undefined, document: JsonObject, expand = false): Html {
  const s = (schema ?? {}) as Schema;
  if (typeof s.$ref === 'string')
    return expand ? fieldTable(resolve(document, s.$ref), document) : html`<p>${typeOf(s)}</p>`;
  const choices = choicesOf(s);
  if (choices?.every(({ type }) => type === 'object'))
    return html`${choices.map((choice, i) => html`${i > 0 ? html`<p>or</p>` : ''}${fieldTable(choice as Json, document)}`)}`;
  if (s.type !== 'object' || s.properties === undefined) return html`<p>${typeOf(s)}</p>${prose(limitsOf(s))}`;
  const rows = fieldsOf(s).map(
    ({ name, schema: field, required }) => html`<tr>
<td><code>${name}</code>${required ? '' : raw(' <small>optional</small>')}</td>
<td>${typeOf(field)}</td>
<td>${prose(limitsOf(field))}${field.description ? prose(String(field.description)) : ''}</td></tr>`,
  );
  if (rows.length === 0) return html`<p>An empty object.</p>`;
  return html`<div class="wide"><table><thead><tr><th>Field</th><th>Type</th><th>Limits and meaning</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
