import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';
import { guideList } from './guide-page.ts';
import { type Html, html, prose, raw } from './html.ts';
import { dereferenced, type Json, type JsonObject } from './json.ts';
import { fieldTable } from './page-fields.ts';
import { featureNames, korean } from './page-korean.ts';
import { type Operation, routeItem, type Shown, usesOf } from './page-routes.ts';
import { type Blocks, base, blocks, curl } from './page-samples.ts';
import { socketItems } from './page-socket.ts';
import { docsStyle } from './page-style.ts';
import { noSamples, type RouteSample, type Samples } from './samples.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8').trim();
const script = [
  `const korean = ${JSON.stringify(korean)};`,
  read('page-search.js').replaceAll('export function', 'function'),
  read('page-client.js'),
].join('\n');

export interface PageOptions {
  readonly samples?: Samples;
  /** Where moim answers, if the page may send requests: what serves it passes on all below `docs/api/`. */
  readonly api?: string;
}

/** The docs page: both documents on one page that works without a network and without a framework. */
export function docsPage(openapi: JsonObject, asyncapi: JsonObject, options: PageOptions = {}): string {
  const { samples = noSamples, api } = options;
  const parts = partsOf(openapi, asyncapi, samples);
  const whole = parts.map(({ section }) => section.html).join('');
  const about = openapi.info as { description: string };
  const page = html`<!doctype html>
<html lang="en"${api ? html` data-api="${api}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${policy(api !== undefined)}">
<title>moim API</title>
<link rel="icon" href="data:,">
<style>${raw(docsStyle)}</style>
</head>
<body>
<a class="skip" href="#top">To the content</a>
<header><a class="brand" href="#top"><span class="bricks" aria-hidden="true"><i></i><i></i><i></i></span>moim <small>API</small></a><div role="search"><input type="search" placeholder="Search · 검색 ( / )" aria-label="Search in English or Korean"><output></output></div><a class="to-values" href="#values">Your values</a></header>
<div class="frame">
<nav aria-label="Contents"><details open><summary>Contents</summary><b><a href="#guides">${titled('Guides', '안내서')}</a></b>${parts.map(
    ({ id, title, ko, links }) =>
      html`<b><a href="#${id}">${titled(title, ko)}</a></b>${links.map((link) => html`<a href="#${link.id}">${link.text}</a>`)}`,
  )}</details></nav>
<main tabindex="-1" id="top">
<h1>moim API</h1>
${prose(about.description)}
<p>For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1), <a href="asyncapi.json">asyncapi.json</a> (AsyncAPI 3.0).</p>
${guideList()}
${values(samples, whole.includes('id="signIn"'))}
${setUp(samples)}
${raw(whole)}
</main>
</div>
<script>${raw(script)}</script>
</body>
</html>
`;
  return page.html;
}

/** Nothing runs but the page's own script, nothing is loaded, and requests go to where the page came from. */
const policy = (sends: boolean) =>
  [
    "default-src 'none'",
    `style-src 'sha256-${hashOf(docsStyle)}'`,
    `script-src 'sha256-${hashOf(script)}'`,
    'img-src data:',
    `connect-src ${sends ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');

/** The ids that most paths have. */
const firstIds = ['groupId', 'missionId', 'certificationId', 'accountId'];

/** What a reader sets once: it fills every sample. */
function values({ ids }: Samples, takesTokens: boolean): Html {
  const field = (name: string, label: string, placeholder: string) =>
    html`<label>${label}<input data-set="${name}" placeholder="${placeholder}" autocomplete="off" spellcheck="false" autocapitalize="off"></label>`;
  const idFields = (names: readonly string[]) => names.map((name) => field(name, name, ids[name]!));
  const others = Object.keys(ids).filter((name) => !firstIds.includes(name));
  return html`<section class="values" aria-labelledby="values"><h2 id="values">Your values</h2>
<p>Set them once: they fill every sample on this page. They stay in this tab and are forgotten with it.</p>
<div class="fields">${field('base', 'Address of moim', base)}${field('token', 'Access token', 'the variable TOKEN of your shell')}${idFields(firstIds.filter((name) => name in ids))}</div>
${others.length > 0 ? html`<details><summary>Other ids (${others.length})</summary><div class="fields">${idFields(others)}</div></details>` : ''}
${takesTokens ? raw(`<p class="sends">No token yet? <a href="#signUp">Sign up</a> or <a href="#signIn">sign in</a> from this page, then press “Use this token”. It is valid for 15 minutes.</p>`) : ''}
<button type="button" class="forget">Forget them</button></section>`;
}

/** What the samples of both languages stand on. */
function setUp(samples: Samples): Html {
  const shell = "TOKEN='the accessToken of a sign-in'";
  const client = `import { createClient, createSocket } from 'moim-client';

const client = createClient({ baseUrl: '${base}', getAccessToken: () => '$TOKEN' });
const socket = createSocket({ ticket: () => client.connections.issueSocketTicket() });`;
  return blocks(samples).request(shell, client, 'Before the samples', 'h3');
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly ko?: string | undefined;
  readonly links: readonly { readonly id: string; readonly text: string }[];
  readonly section: Html;
}
const titled = (title: string, ko: string | undefined) =>
  ko ? html`${title} <span lang="ko">${ko}</span>` : html`${title}`;
function part(
  id: string,
  title: string,
  ko: string | undefined,
  intro: Html,
  items: readonly Html[],
  links: Part['links'] = [],
): Part {
  const heading = html`<h2 id="${id}">${titled(title, ko)}</h2>`;
  return { id, title, ko, links, section: html`<section aria-labelledby="${id}">${heading}${intro}${items}</section>` };
}

/** The parts of the page, in the order of its contents. */
function partsOf(openapi: JsonObject, asyncapi: JsonObject, samples: Samples): readonly Part[] {
  const operations = operationsOf(openapi);
  const paths = operations.map(({ path }) => path);
  const made = (path: string) => {
    const deeper = paths.find((each) => each.startsWith(`${path}/{`));
    return deeper && /^\{(\w+)\}/.exec(deeper.slice(path.length + 1))?.[1];
  };
  const shown: Shown = { openapi, uses: usesOf(operations), blocks: blocks(samples), made };
  const item = (operation: Operation) =>
    routeItem(operation, samples.routes[operation.operationId] ?? madeUp(operation), shown);
  const schemas = Object.entries((openapi.components as { schemas: JsonObject }).schemas);
  const socket = asyncapi.info as { description: string };
  const problems = [refusedSample(samples, shown.blocks), problemTable()];
  return [
    ...(openapi.tags as unknown as readonly { name: string; description: string }[]).map(({ name, description }) => {
      const own = operations.filter(({ tags }) => tags.includes(name));
      const links = own.map(({ operationId, summary }) => ({ id: operationId, text: summary }));
      return part(name, name, featureNames[name], prose(description), own.map(item), links);
    }),
    part('socket', 'The socket', '소켓', prose(socket.description), socketItems(asyncapi, samples, shown.blocks)),
    part(
      'schemas',
      'Shared schemas',
      '공통 형식',
      raw(''),
      schemas.map(([name, schema]) => schemaItem(name, schema, openapi)),
    ),
    part('problems', 'Problems', '오류', prose('When each refusal happens, and what a client does.'), problems),
  ];
}

/** A request of a route that was not recorded yet. */
function madeUp({ path, requestBody, responses }: Operation): RouteSample {
  const body = requestBody?.content['application/json'].example;
  return {
    path: path.replaceAll(/\{\w+\}/g, '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90'),
    ...(body === undefined ? {} : { body }),
    status: Number(Object.keys(responses).find((status) => status.startsWith('2'))),
  };
}

function refusedSample({ refused }: Samples, shown: Blocks): Html {
  if (!refused) return raw('');
  const request = curl({ method: 'POST', isGuarded: true, ...refused });
  const client = `// What is refused is thrown as a ProblemError.
await client.groups.createGroup({ body }).catch((error) => console.log(error.code));`;
  return html`<h3>What a refusal looks like</h3><div class="samples alone">${shown.request(request, client)}${shown.answer(`Answer ${refused.status}`, refused.answer)}</div>`;
}

function operationsOf(openapi: JsonObject): readonly Operation[] {
  return Object.entries(openapi.paths as Readonly<Record<string, Readonly<Record<string, JsonObject>>>>).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...(operation as unknown as Operation),
        method: method.toUpperCase(),
        path,
        parameters: (operation.parameters as readonly JsonObject[]).map(
          (parameter) => dereferenced(openapi, parameter) as never,
        ),
        responses: Object.fromEntries(
          Object.entries(operation.responses as Readonly<Record<string, JsonObject>>).map(([status, response]) => [
            status,
            dereferenced(openapi, response) as never,
          ]),
        ),
      })),
  );
}

const schemaItem = (name: string, schema: Json, openapi: JsonObject) =>
  html`<details class="item" id="schema-${name}"><summary><h3>${name}</h3></summary><div>${prose(
    (schema as { description?: string }).description,
  )}${fieldTable(schema, openapi)}</div></details>`;

function problemTable(): Html {
  const rows = Object.entries(problemDefinitions).map(
    ([code, { status, when, remedy }]) =>
      html`<tr id="problem-${code as ProblemCode}"><td><code>${code}</code></td><td>${status}</td><td>${prose(when)}</td><td>${prose(remedy)}</td></tr>`,
  );
  return html`<div class="item wide"><table><thead><tr><th>Code</th><th>Status</th><th>When</th><th>What a client does</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
