import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncapiDocument } from '../../docgen/asyncapi.ts';
import { documentsOf } from '../../docgen/documents.ts';
import { openapiDocument } from '../../docgen/openapi.ts';
import { docsPage } from '../../docgen/page.ts';
import { korean } from '../../docgen/page-script.ts';
import { features } from '../../functions/features.ts';
import { entities, patterns } from '../../shared/data/registry.ts';
import { problemDefinitions } from '../../shared/product/problems.ts';
import { bells } from './fixture.ts';
import { operationsIn } from './reading.ts';

const documents = documentsOf(features);

describe('the generated documents', () => {
  it.each(Object.keys(documents))('%s is as the contracts say (else run `npm run docs`)', (path) => {
    const committed = readFileSync(join(process.cwd(), path), 'utf8');

    expect(committed).toBe(documents[path]);
  });

  it('tell of every problem code', () => {
    for (const [code, { status, when, remedy }] of Object.entries(problemDefinitions))
      expect(documents['docs/problems.md']).toContain(`| \`${code}\` | ${status} | ${when} | ${remedy} |`);
  });

  it('tell of every item kind and every way of asking, with its index', () => {
    const page = documents['docs/access-patterns.md'];

    for (const [name, { pk, sk }] of Object.entries(entities)) {
      expect(page).toContain(`| ${name} | `);
      expect(page).toContain(`\`${pk}\` / \`${sk}\``);
    }
    for (const [name, { serves, index = 'table' }] of Object.entries(patterns))
      expect(page).toContain(`| \`${name}\` | ${serves} | ${index} |`);
  });
});

describe.each([
  ['the product', features],
  ['a feature that uses everything', [bells]],
])('the docs page of %s', (_, list) => {
  const openapi = openapiDocument(list);
  const page = docsPage(openapi, asyncapiDocument(list));

  it('has every route, action, event, schema and problem', () => {
    const ids = [
      ...operationsIn(openapi).map(({ operationId }) => operationId),
      ...list.flatMap((f) => Object.values(f.actions).map(({ name }) => `socket-${name}`)),
      ...list.flatMap((f) => Object.values(f.events).map(({ name }) => `socket-${name}.event`)),
      ...Object.keys((openapi.components as { schemas: object }).schemas).map((name) => `schema-${name}`),
      ...Object.keys(problemDefinitions).map((code) => `problem-${code}`),
    ];

    expect(ids.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
  });

  it('links only to what is on it, and loads nothing from elsewhere', () => {
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);

    expect(targets.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page).not.toMatch(/@import|url\(/);
  });
});

describe('the docs page', () => {
  it('shows texts of contracts as text, whatever is in them', () => {
    const page = docsPage(openapiDocument([bells]), asyncapiDocument([bells]));

    expect(page).toContain('Bells &amp; &lt;whistles&gt;');
    expect(page).not.toContain('<whistles>');
  });

  it('has the fields of bodies, with their limits, and a command that sends one', () => {
    const page = docsPage(openapiDocument([bells]), asyncapiDocument([bells]));

    expect(page).toContain('<code>inscription</code>');
    expect(page).toContain('1-9');
    expect(page).toContain('curl -i -X POST &quot;$MOIM/v1/bells/$bellId/ring&quot;');
  });

  it('finds by each Korean word some sections, and not most of them', () => {
    const page = docsPage(openapiDocument(features), asyncapiDocument(features));
    const items = page.split('class="item"').slice(1);
    const texts = items.map((item) => item.replace(/<[^>]*>/g, '').toLowerCase());
    const counts = Object.entries(korean).flatMap(([word, meanings]) =>
      meanings.map((meaning) => [`${word} ${meaning}`, texts.filter((text) => text.includes(meaning)).length] as const),
    );

    expect(counts.filter(([, count]) => count === 0)).toEqual([]);
    expect(counts.filter(([, count]) => count > texts.length * 0.6)).toEqual([]);
  });

  it('has one heading above all others', () => {
    expect(docsPage(openapiDocument([bells]), asyncapiDocument([bells])).match(/<h1/g)).toHaveLength(1);
  });
});
