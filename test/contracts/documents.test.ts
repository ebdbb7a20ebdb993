import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncapiDocument } from '../../docgen/asyncapi.ts';
import { documentsOf } from '../../docgen/documents.ts';
import { openapiDocument } from '../../docgen/openapi.ts';
import { docsPage } from '../../docgen/page.ts';
import { featureNames, korean } from '../../docgen/page-korean.ts';
import type { Samples } from '../../docgen/samples.ts';
import { features } from '../../functions/features.ts';
import type { Feature } from '../../shared/core/contract.ts';
import { entities, patterns } from '../../shared/data/registry.ts';
import { problemDefinitions } from '../../shared/product/problems.ts';
import { bells } from './fixture.ts';
import { operationsIn } from './reading.ts';

const samples = JSON.parse(readFileSync('docs/samples.json', 'utf8')) as Samples;
const operationsOfSocket = Object.keys(asyncapiDocument(features).operations as object).length;
const documents = documentsOf(features, samples);

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

const pageOf = (list: readonly Feature[]) => docsPage(openapiDocument(list), asyncapiDocument(list), { samples });
const whole = pageOf(features);
const ofBells = pageOf([bells]);

describe.each([
  ['the product', features, whole],
  ['a feature that uses everything', [bells], ofBells],
])('the docs page of %s', (_, list, page) => {
  const openapi = openapiDocument(list);

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
    expect(ofBells).toContain('Bells &amp; &lt;whistles&gt;');
    expect(ofBells).not.toContain('<whistles>');
  });

  it('has the fields of bodies, with their limits, and a command that sends one', () => {
    expect(ofBells).toContain('<code>inscription</code>');
    expect(ofBells).toContain('1-9');
    expect(ofBells).toMatch(/curl -i -X POST &quot;<span data-v="base">[^<]*<\/span>\/v1\/bells\/[\w-]+\/ring&quot;/);
  });

  it('finds by each Korean word some sections, and not most of them', () => {
    const items = whole.split('class="item"').slice(1);
    const textOf = (html: string) => html.replace(/<[^>]*>/g, '').toLowerCase();
    const heads = items.map((item) => textOf(/<h3>.*?<\/h3>/.exec(item)?.[0] ?? ''));
    const meanings = Object.entries(korean).flatMap(([word, each]) => each.map((meaning) => [word, meaning] as const));
    const [all, some] = [items.map(textOf), (meaning: string) => (text: string) => text.includes(meaning)];

    expect(meanings.filter(([, meaning]) => !all.some(some(meaning)))).toEqual([]);
    expect(meanings.filter(([, meaning]) => heads.filter(some(meaning)).length > heads.length * 0.4)).toEqual([]);
  });

  it('has a Korean name for each feature that clients call', () => {
    const called = features.filter(({ routes, actions }) => Object.keys({ ...routes, ...actions }).length > 0);

    expect(called.map(({ name }) => name).filter((name) => !(name in featureNames))).toEqual([]);
  });

  it('has one heading above all others', () => {
    expect(whole.match(/<h1/g)).toHaveLength(1);
  });

  it('runs its own script and style alone, and sends nothing from a place that passes nothing on', () => {
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(whole)!;
    const [, script] = /<script>([\s\S]*?)<\/script>/.exec(whole)!;

    const page = whole.replaceAll('&#39;', "'");
    expect(page).toContain(`style-src ${hash(style!)}; script-src ${hash(script!)}`);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("connect-src 'none'");
    expect(whole).not.toMatch(/ (style|on\w+)=/);
  });

  it('#18.2: shows what was recorded beside each call, with what readers set marked in it', () => {
    const item = whole.slice(whole.indexOf('id="getGroup"'), whole.indexOf('id="getOwnGroup"'));
    const routes = features.reduce((sum, feature) => sum + Object.keys(feature.routes).length, 0);

    expect(item).toContain(`<span data-v="groupId">${samples.ids.groupId}</span>`);
    expect(item).toContain('client.groups.getGroup({');
    expect(item).toContain('&quot;title&quot;: &quot;Algorithms every day&quot;');
    expect(whole.match(/<div class="samples">/g)).toHaveLength(routes + operationsOfSocket);
  });
});
