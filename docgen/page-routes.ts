import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';
import { type Html, html, prose, raw, text } from './html.ts';
import type { Json, JsonObject } from './json.ts';
import { fieldTable, limitsOf, typeOf } from './page-fields.ts';
import { type Blocks, clientCall, curl } from './page-samples.ts';
import type { RouteSample } from './samples.ts';

/** An operation of the OpenAPI document with the references of its parameters and responses resolved. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Json[];
  readonly parameters: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: JsonObject;
  }[];
  readonly requestBody?: { description: string; content: { 'application/json': { schema: Json; example: Json } } };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Response {
  readonly description: string;
  readonly headers?: JsonObject;
  readonly content?: {
    readonly 'application/json'?: { readonly schema: Json };
    readonly 'application/problem+json'?: { readonly schema: { allOf: readonly [Json, ProblemPart] } };
  };
}
type ProblemPart = { readonly properties: { readonly code: { readonly enum: readonly ProblemCode[] } } };

const codesOf = ({ responses }: Operation): readonly ProblemCode[] =>
  Object.values(responses).flatMap(
    ({ content }) => content?.['application/problem+json']?.schema.allOf[1].properties.code.enum ?? [],
  );

/** How many operations answer each problem. */
export function usesOf(operations: readonly Operation[]): ReadonlyMap<ProblemCode, number> {
  const uses = new Map<ProblemCode, number>();
  for (const code of operations.flatMap(codesOf)) uses.set(code, (uses.get(code) ?? 0) + 1);
  return uses;
}

/** A problem that this many operations answer is named, but not explained at each of them. */
const usual = 5;

/** What the page has besides the documents. */
export interface Shown {
  readonly openapi: JsonObject;
  readonly uses: ReadonlyMap<ProblemCode, number>;
  readonly blocks: Blocks;
  /** The placeholder that names what a route makes: of `/v1/groups`, `groupId`. */
  readonly made: (path: string) => string | undefined;
}

/** One route as a section that can be unfolded, with its sample beside it. */
export function routeItem(operation: Operation, sample: RouteSample, { openapi, uses, blocks, made }: Shown): Html {
  const { method, path, operationId, tags, summary, description, security, parameters, requestBody, responses } =
    operation;
  const [status, success] = Object.entries(responses).find(([s]) => s.startsWith('2'))!;
  const result = success.content?.['application/json']?.schema;
  const isGuarded = security.length > 0;
  const request = { method, isGuarded, ...sample };
  const client = `const answer = await ${clientCall({ feature: tags[0]!, name: operationId, template: path }, request)};`;
  return html`<details class="item" id="${operationId}" data-method="${method}" data-path="${path}" data-made="${method === 'POST' ? made(path) : ''}">
<summary><span class="method ${method}">${method}</span><span class="path">${breakable(path)}</span><h3>${summary}</h3><span class="who">${isGuarded ? 'signed in' : 'open to all'}</span></summary>
<div class="two"><div class="said">
<p class="address"><a href="#${operationId}">#${operationId}</a> <code>${tags[0]}.${operationId}</code></p>
${prose(description)}
<h4>Parameters</h4>${parameterTable(parameters)}
${requestBody ? html`<h4>Body</h4>${prose(requestBody.description)}${fieldTable(requestBody.content['application/json'].schema, openapi, true)}` : ''}
<h4>Answer ${status}</h4>${prose(
    `${success.description}. Headers: ${Object.keys(success.headers ?? {})
      .map((name) => `\`${name}\``)
      .join(', ')}`,
  )}
${result === undefined ? '' : fieldTable(result, openapi)}
${problems(codesOf(operation), uses)}</div>
<div class="samples">${blocks.request(curl(request), status === '204' ? client.slice('const answer = '.length) : client)}
${blocks.answer(`Answer ${status}`, sample.answer)}</div></div></details>`;
}

/** A path may break after a slash. */
const breakable = (path: string): Html => raw(text(path).replaceAll('/', '/<wbr>'));

function parameterTable(parameters: Operation['parameters']): Html {
  const rows = parameters.map(
    ({ name, in: where, required, description, schema }) =>
      html`<tr><td><code>${name}</code>${required ? '' : html` <small>optional</small>`}</td><td>${where}</td><td>${typeOf(schema)}</td><td>${prose(limitsOf(schema))}${prose(description)}</td></tr>`,
  );
  return html`<div class="wide"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Limits and meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function problems(codes: readonly ProblemCode[], uses: ReadonlyMap<ProblemCode, number>): Html {
  const own = codes.filter((code) => uses.get(code)! <= usual);
  const others = codes.filter((code) => uses.get(code)! > usual);
  const rows = own.map((code) => {
    const { status, when, remedy } = problemDefinitions[code];
    return html`<tr><td><code>${code}</code></td><td>${status}</td><td>${prose(when)}</td><td>${prose(remedy)}</td></tr>`;
  });
  const table = html`<div class="wide"><table><thead><tr><th>Code</th><th>Status</th><th>When</th><th>What a client does</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return html`<h4>Problems</h4>${rows.length > 0 ? table : ''}
<p>${rows.length > 0 ? 'As elsewhere: ' : ''}${others.map((code) => html`<a href="#problem-${code}"><code>${code}</code></a> `)}</p>`;
}
