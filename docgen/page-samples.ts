/** Samples as a reader sees them: a command, a call of the typed client, frames of the socket, answers. */
import { text as escaped, type Html, html, raw } from './html.ts';
import type { Json } from './json.ts';
import type { Samples } from './samples.ts';

/** What stands in every command until a reader sets their own. */
export const base = 'http://127.0.0.1:3000';
/** A key of a POST; the page puts a new one into what is copied. */
const key = '4b1c7e0a-93d5-4f6e-8a27-5d0e9b3c61f8';

export interface Request {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly isGuarded: boolean;
  readonly body?: Json;
}

/** A command for a shell. It runs as it is: an access token comes from the variable `TOKEN`, unless the reader sets it. */
export function curl({ method, path, isGuarded, body }: Request): string {
  const parts = [`curl -i${method === 'GET' ? '' : ` -X ${method}`} "${base}${encodeURI(path)}"`];
  if (isGuarded) parts.push('-H "Authorization: Bearer $TOKEN"');
  if (method === 'POST') parts.push(`-H 'Idempotency-Key: ${key}'`);
  if (body !== undefined)
    parts.push("-H 'Content-Type: application/json'", `-d '${pretty(body).replaceAll("'", "'\\''")}'`);
  return parts.join(' \\\n  ');
}

/** A call of the typed client. */
export function clientCall(
  of: { readonly feature: string; readonly name: string; readonly template: string },
  { path, body }: Pick<Request, 'path' | 'body'>,
): string {
  const [plain, query] = path.split('?') as [string, string?];
  const parts = plain.split('/');
  const params = of.template
    .split('/')
    .flatMap((part, i) => (part.startsWith('{') ? [[part.slice(1, -1), parts[i]!] as const] : []));
  const request = {
    ...(params.length > 0 ? { params: Object.fromEntries(params) } : {}),
    ...(query ? { query: Object.fromEntries(new URLSearchParams(query)) } : {}),
    ...(body === undefined ? {} : { body }),
  };
  return `client.${of.feature}.${of.name}(${Object.keys(request).length > 0 ? literal(request) : ''})`;
}

/** A message to the socket by the typed client. */
export const socketCall = (action: string, data: Json | undefined): string =>
  `socket.send('${action}'${data === undefined ? '' : `, ${literal(data)}`})`;

export const pretty = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** A value as people write it in TypeScript. */
function literal(value: Json, indent = ''): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
  if (value === null || typeof value !== 'object') return String(value);
  const deeper = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((each) => literal(each as Json, deeper))
    : Object.entries(value).map(
        ([name, member]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`}: ${literal(member, deeper)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
  const line = members.length > 0 ? `${open}${members.join(', ')}${close}` : `${open}${close}`.replace('  ', '');
  if (line.length + indent.length <= 72 && !line.includes('\n')) return line;
  return `${open.trim()}\n${members.map((member) => `${deeper}${member},\n`).join('')}${indent}${close.trim()}`;
}

/** The samples of a page: what readers set is marked in them. */
export function blocks({ ids }: Pick<Samples, 'ids'>) {
  const holes: readonly (readonly [string, string])[] = [
    [base, 'base'],
    ['$TOKEN', 'token'],
    [key, 'key'],
    ...Object.entries(ids).map(([name, id]) => [id, name] as const),
  ];
  const pattern = new RegExp(holes.map(([found]) => found.replace(/[$.]/g, '\\$&')).join('|'), 'g');
  const names = new Map(holes);
  const marked = (source: string) =>
    raw(escaped(source).replace(pattern, (found) => `<span data-v="${names.get(found)}">${found}</span>`));
  const pre = (source: string, name: string, language?: string) =>
    html`<pre tabindex="0" aria-label="${name}"${language ? raw(` data-of="${language}"`) : ''}>${marked(source)}</pre>`;
  const copy = (name: string) => html`<button type="button" class="copy" aria-label="Copy: ${name}">Copy</button>`;
  return {
    /** A request in two languages. */
    request(curlText: string, clientText: string, title = 'Request', tag: 'h3' | 'h4' = 'h4'): Html {
      return html`<div class="sample"><div class="bar"><${raw(tag)}>${title}</${raw(tag)}><span class="langs" role="group" aria-label="Language of the samples"><button type="button" data-lang="curl" aria-pressed="true">curl</button><button type="button" data-lang="client" aria-pressed="false">TypeScript</button></span>${copy(title.toLowerCase())}</div>${pre(curlText, `${title}: curl`, 'curl')}${pre(clientText, `${title}: the typed client`, 'client')}</div>`;
    },
    /** A message of the socket, with the call that sends or hears it. */
    frame(title: string, frame: Json, clientText: string): Html {
      return html`<div class="sample"><div class="bar"><h4>${title}</h4><span class="langs" role="group" aria-label="Language of the samples"><button type="button" data-lang="curl" aria-pressed="true">Frame</button><button type="button" data-lang="client" aria-pressed="false">TypeScript</button></span>${copy(title.toLowerCase())}</div>${pre(pretty(frame), `${title}: the frame`, 'curl')}${pre(clientText, `${title}: with the typed client`, 'client')}</div>`;
    },
    /** What came back. */
    answer(title: string, answer: Json | undefined): Html {
      if (answer === undefined)
        return html`<div class="sample"><div class="bar"><h4>${title}</h4></div><p class="none">No body.</p></div>`;
      return html`<div class="sample"><div class="bar"><h4>${title}</h4>${copy(title.toLowerCase())}</div>${pre(pretty(answer), title)}</div>`;
    },
  };
}
export type Blocks = ReturnType<typeof blocks>;
