import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Response {
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response & { readonly $ref?: string }>>;
}
interface OpenApi {
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as OpenApi;
// Optimizing the validators' code would take three times as long as creating it.
const ajv = new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } });
formats.default(ajv);
ajv.addSchema(document, 'openapi');

// If two templates fit, the one with more fixed words counts.
const templates = Object.keys(document.paths)
  .toSorted((a, b) => a.split('{').length - b.split('{').length)
  .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`) }));
const validators = new Map<string, ValidateFunction>();
const escapePart = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The documented answers that the suite has seen: `operationId status`. */
export const seenAnswers = new Set<string>();

/** The methods that the distribution passes on; it refuses the others itself. */
const passedOn = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/**
 * Checks an answer against `docs/openapi.json`: its status, media type and shape must be documented for its route.
 * Routes that are not documented (tests of unknown paths) must answer 404 with a problem.
 */
export function documented(method: string, path: string, status: number, headers: Headers, body: unknown): void {
  const found =
    templates.find(({ template }) => template === path) ?? templates.find(({ pattern }) => pattern.test(path));
  const operation = found && document.paths[found.template]?.[method.toLowerCase()];
  if (!found || !operation) {
    if (!passedOn.includes(method) && status === 403) return;
    if (status !== 404 && method !== 'OPTIONS')
      throw new Error(`${method} ${path} answered ${status}, and no document has such a route`);
    return;
  }
  const named = operation.responses[String(status)];
  const shared = named?.$ref?.split('/').at(-1);
  const response = shared ? document.components.responses[shared] : named;
  if (!response)
    throw new Error(
      `${method} ${found.template} answered ${status}, which is not documented. Does its contract name the problem? ${JSON.stringify(body)}`,
    );
  seenAnswers.add(`${operation.operationId} ${status}`);
  const type = headers.get('content-type')?.split(';')[0];
  if (!type) {
    if (response.content) throw new Error(`${operation.operationId} ${status} has no body, but one is documented`);
    return;
  }
  if (!response.content?.[type])
    throw new Error(`${operation.operationId} ${status} answered ${type}, which is not documented`);
  const owner = shared
    ? `components/responses/${escapePart(shared)}`
    : `paths/${escapePart(found.template)}/${method.toLowerCase()}/responses/${status}`;
  const ref = `openapi#/${owner}/content/${escapePart(type)}/schema`;
  const validate = validators.get(ref) ?? ajv.compile({ $ref: ref });
  validators.set(ref, validate);
  if (!validate(body)) {
    const errors = ajv.errorsText(validate.errors, { separator: '; ' });
    throw new Error(`${operation.operationId} ${status} does not fit its schema: ${errors}\n${JSON.stringify(body)}`);
  }
}
