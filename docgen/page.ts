import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';
import { type Html, html, prose, raw } from './html.ts';
import { dereferenced, type Json, type JsonObject } from './json.ts';
import { fieldTable } from './page-fields.ts';
import { type Operation, routeItem, usesOf } from './page-routes.ts';
import { script } from './page-script.ts';
import { socketItems } from './page-socket.ts';
import { style } from './page-style.ts';

/** The docs page: both documents on one page that works without a network and without a framework. */
export function docsPage(openapi: JsonObject, asyncapi: JsonObject): string {
  const operations = operationsOf(openapi);
  const uses = usesOf(operations);
  const features = (openapi.tags as unknown as readonly { name: string; description: string }[]).map((tag) => ({
    ...tag,
    operations: operations.filter(({ tags }) => tags.includes(tag.name)),
  }));
  const shared = Object.entries((openapi.components as { schemas: JsonObject }).schemas);
  const about = openapi.info as { description: string };
  const socket = asyncapi.info as { description: string };

  const sections = [
    ...features.map(({ name, description, operations: own }) =>
      section(
        name,
        name,
        prose(description),
        own.map((operation) => routeItem(operation, openapi, uses)),
      ),
    ),
    section('socket', 'The socket', prose(socket.description), socketItems(asyncapi)),
    section(
      'schemas',
      'Shared schemas',
      raw(''),
      shared.map(([name, schema]) => schemaItem(name, schema, openapi)),
    ),
    section('problems', 'Problems', prose('When each refusal happens, and what a client does.'), [problemTable()]),
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>moim API</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
<header><a href="#top">moim</a><input type="search" placeholder="Search · 검색 ( / )" aria-label="Search in English or Korean"><output></output></header>
<div class="frame">
<nav aria-label="Contents"><details open><summary>Contents</summary>${features.map(
    ({ name, operations: own }) =>
      html`<b><a href="#${name}">${name}</a></b>${own.map(
        ({ operationId, summary }) => html`<a href="#${operationId}">${summary}</a>`,
      )}`,
  )}<b><a href="#socket">The socket</a></b><b><a href="#schemas">Shared schemas</a></b><b><a href="#problems">Problems</a></b></details></nav>
<main>
<h1 id="top">moim API</h1>
${prose(about.description)}
<p>For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1), <a href="asyncapi.json">asyncapi.json</a> (AsyncAPI 3.0).</p>
${sections}
</main>
</div>
<script>${raw(script)}</script>
</body>
</html>
`;
  return page.html;
}

const section = (id: string, title: string, intro: Html, items: readonly Html[]) =>
  html`<section><h2 id="${id}">${title}</h2>${intro}${items}</section>`;

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
  html`<details class="item" id="schema-${name}"><summary><b>${name}</b></summary><div>${prose(
    (schema as { description?: string }).description,
  )}${fieldTable(schema, openapi)}</div></details>`;

function problemTable(): Html {
  const rows = Object.entries(problemDefinitions).map(
    ([code, { status, when, remedy }]) =>
      html`<tr id="problem-${code as ProblemCode}"><td><code>${code}</code></td><td>${status}</td><td>${prose(when)}</td><td>${prose(remedy)}</td></tr>`,
  );
  return html`<div class="item wide"><table><thead><tr><th>Code</th><th>Status</th><th>When</th><th>What a client does</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
