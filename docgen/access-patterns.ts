import type { Feature } from '../shared/core/contract.ts';
import type { Rights } from '../shared/core/rights.ts';
import { keyAttributes, partitionPrefix, templatesOf } from '../shared/data/keys.ts';
import type { Fate, InArchive, KindDefinition, Way } from '../shared/data/kind.ts';
import { entities, type PatternName, patterns } from '../shared/data/registry.ts';

const all = Object.entries(entities) as [string, KindDefinition][];
const code = (text: string) => `\`${text}\``;
const keys = (k: { readonly pk: string; readonly sk: string } | undefined) =>
  k ? `${code(k.pk)} / ${code(k.sk)}` : '';

/** `docs/access-patterns.md`: the items of the table and all its queries, from the key registry. */
export function accessPatternsPage(features: readonly Feature[]): string {
  const entityRows = all.map(
    ([name, { about, pk, sk, gsi1, gsi2, life }]) =>
      `| ${name} | ${about} | ${keys({ pk, sk })} | ${keys(gsi1)} | ${keys(gsi2)} | ${life ?? ''} |`,
  );
  const fateRows = all.flatMap(([name, { of, fate, archive, secret = [], counters = {} }]) => {
    if (!of) return [];
    const whose = Object.entries(of).map(([owner, attribute]) => `${owner}: ${code(attribute)}`);
    const counted = Object.entries(counters).map(([counter, { counts }]) => `${code(counter)} of ${code(counts)}`);
    const cells = [whose.join('; '), fateText(fate?.group), fateText(fate?.account), archiveText(archive)];
    return `| ${[name, ...cells, secret.map(code).join(', '), counted.join(', ')].join(' | ')} |`;
  });
  const patternRows = (Object.keys(patterns) as PatternName[]).map((name) => {
    const { serves, entity } = patterns[name];
    const { index, pk, sk } = templatesOf(name);
    const range = sk.startsWith('{') ? `all, by ${code(sk)}` : `begins with ${code(partitionPrefix(sk))}`;
    return `| ${code(name)} | ${serves} | ${index} | ${code(pk)} | ${range} | ${entity} | ${askers(features, name)} |`;
  });
  return `# Access patterns

\`npm run docs\` generates this page from the features' \`items.ts\` and the contracts. Do not edit it.

moim keeps everything in one DynamoDB table. An item is stored under a partition key \`pk\` and a sort key \`sk\`. Items with
the same \`pk\` are stored together, ordered by \`sk\`, and one request reads a range of them. Two indexes hold chosen items
again under other keys (${keys(keyAttributes('gsi1'))}, ${keys(keyAttributes('gsi2'))}). An item without those attributes is not in the index.
Nothing scans. Keys are built in \`shared/data/keys.ts\` and nowhere else. A part in braces is replaced by a value, in which
\`#\` and \`%\` are escaped.

- To add an item kind, add a row to the \`items.ts\` of its feature. To add an access pattern, add an entry to the row's
  \`patterns\`. Then run \`npm run docs\`.
- A function may touch only what its contract's \`rights\` name. Its role is restricted to the partition prefixes below.
- Indexes lag a little, so they answer lists and never permissions. Items are read by key with strong consistency.
- \`expiresAt\` ends an item's life. DynamoDB may delete the item days later, so readers compare the time themselves.

## Items that are stored together

\`\`\`mermaid
${diagram()}
\`\`\`

## Item kinds

| kind | what it is | table: pk / sk | gsi1: pk / sk | gsi2: pk / sk | life |
|---|---|---|---|---|---|
${entityRows.join('\n')}

## What becomes of each kind

Each row also says whose its items are, by the attribute that holds the id (or an address, or the id of an item of theirs),
and what becomes of them. \`shared/data/fates.ts\` reads that; the purge of groups, the erasing of accounts and the archive of
own data follow it. A kind that is not listed holds nothing of anybody. Nobody is shown a *secret* attribute, not even the
owner. Reconciliation compares the counters each night with what they count.

| kind | whose it is | when the group is purged | when the account is erased | in the archive | secret | counters |
|---|---|---|---|---|---|---|
${fateRows.join('\n')}

## Ways of asking

| pattern | serves | index | partition | range | gives | asked by |
|---|---|---|---|---|---|---|
${patternRows.join('\n')}
`;
}

const wayText = (way: Way) =>
  `${'pattern' in way ? code(way.pattern) : 'by key'}${way.with === undefined ? '' : `, with each ${way.with}`}`;
const byText = (by: string | undefined) => (by === undefined ? '' : `; by ${code(by)}`);

function fateText(fate: Fate | undefined): string {
  if (!fate) return '';
  if ('dropped' in fate) return `deleted: ${wayText(fate.dropped)}`;
  if ('expires' in fate) return 'expires by itself';
  if ('goes' in fate) return `deleted: ${fate.goes}${byText(fate.by)}`;
  return `stays: ${fate.stays}${byText(fate.by)}`;
}

function archiveText(archive: InArchive | undefined): string {
  if (!archive) return '';
  if ('not' in archive) return `no: ${archive.not}`;
  return `${code(archive.as)}: ${'found' in archive ? wayText(archive.found) : `by ${code(archive.by)}`}`;
}

/** The functions whose contract allows them a pattern. */
function askers(features: readonly Feature[], pattern: PatternName): string {
  const names = features.flatMap(({ name, rights, consumers }) => {
    const asking = Object.values(consumers).map(({ lane, rights: own }): [string, Rights] => [lane, own]);
    return [...Object.entries(rights), ...asking].flatMap(([by, { query = [] }]) =>
      query.includes(pattern) ? [`${name} (${by})`] : [],
    );
  });
  return [...new Set(names)].join(', ') || 'nothing yet';
}

/** Each partition of the table with its kinds of items. */
function diagram(): string {
  const partitions = [...new Set(all.map(([, { pk }]) => pk))];
  const lines = partitions.map((pk, i) => {
    const members = all.filter(([, entity]) => entity.pk === pk);
    const nodes = members.map(([name, { sk }]) => `    ${name}["${name}<br/>${sk.replaceAll('#', '#35;')}"]`);
    return [`  subgraph p${i}["${partitionPrefix(pk).replace('#', '')}"]`, ...nodes, '  end'].join('\n');
  });
  return ['flowchart LR', ...lines].join('\n');
}
