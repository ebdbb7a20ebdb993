/** Translates IAM accesses back to the terms of the contracts: the right of a feature that an access needs. */
import { existsSync, readdirSync } from 'node:fs';
import type { Rights } from '../../shared/core/rights.ts';
import { patternPrefix, tablePrefix } from '../../shared/data/keys.ts';
import { type EntityName, entities, type PatternName, patterns } from '../../shared/data/registry.ts';
import type { Access } from './iam.ts';

/**
 * One entry of a contract's `rights`: the name of the list, and the entry. The name of the entry is '' for a right that
 * is only true or false.
 */
export interface Right {
  readonly kind: keyof Rights;
  readonly name: string;
}

/** The right (`read`, `write` or `check`) that an action on items needs. */
const onItems: Readonly<Record<string, keyof Rights>> = {
  'dynamodb:GetItem': 'read',
  'dynamodb:BatchGetItem': 'read',
  'dynamodb:PutItem': 'write',
  'dynamodb:UpdateItem': 'write',
  'dynamodb:DeleteItem': 'write',
  'dynamodb:ConditionCheckItem': 'check',
};
const onObjects: Readonly<Record<string, keyof Rights>> = {
  's3:GetObject': 'readObjects',
  's3:PutObject': 'writeObjects',
  's3:DeleteObject': 'deleteObjects',
};
const onSecrets: Readonly<Record<string, keyof Rights>> = {
  'secretsmanager:GetSecretValue': 'secrets',
  'secretsmanager:PutSecretValue': 'rotate',
};

/** Two kinds of items may share their partitions, and so their grants. The prefix then has both names. */
function byPrefix<Name extends string>(names: readonly Name[], prefixOf: (name: Name) => string) {
  const named = new Map<string, Name[]>();
  for (const name of names) named.set(prefixOf(name), [...(named.get(prefixOf(name)) ?? []), name]);
  return named;
}
const entitiesAt = byPrefix(Object.keys(entities) as EntityName[], tablePrefix);
const patternsAt = byPrefix(Object.keys(patterns) as PatternName[], (name) => {
  const { index, prefix } = patternPrefix(name);
  return `${index} ${prefix}`;
});

/** A key up to its first variable part: `GROUP#`. */
const prefixOf = (key: string) => key.slice(0, key.indexOf('#') + 1);
/** The folder at the beginning of an object's key: `pictures/`. */
const folderOf = (key: string) => key.slice(0, key.indexOf('/') + 1);
const each = (kind: keyof Rights, names: readonly string[] = []) => names.map((name): Right => ({ kind, name }));

/** The rights that an access needs; none for an access that no contract can grant, such as a Scan. */
export function rightsFor({ action, resource, context }: Access): readonly Right[] {
  const keys = context['dynamodb:LeadingKeys'] ?? [];
  if (onItems[action]) return keys.flatMap((key) => each(onItems[action]!, entitiesAt.get(prefixOf(key))));
  if (action === 'dynamodb:Query') {
    const index = /\/index\/(.+)$/.exec(resource)?.[1] ?? 'table';
    return keys.flatMap((key) => each('query', patternsAt.get(`${index} ${prefixOf(key)}`)));
  }
  if (onObjects[action]) return each(onObjects[action], [folderOf(resource.slice(resource.indexOf('/') + 1))]);
  if (action === 's3:ListBucket') return each('listObjects', context['s3:prefix']?.map(folderOf));
  // The template's names of secrets end with eight digits that the CDK adds.
  if (onSecrets[action]) return each(onSecrets[action], [resource.replace(/^.*:secret:|[0-9A-F]{8}$/g, '')]);
  if (action === 'ses:SendRawEmail') return each('sendMail', ['']);
  if (action === 'execute-api:ManageConnections') return each('postToSockets', ['']);
  return [];
}

const verbs: Readonly<Record<keyof Rights, string>> = {
  read: 'read',
  query: 'query',
  write: 'write',
  remove: 'delete',
  check: 'check',
  readObjects: 'read objects below',
  writeObjects: 'write objects below',
  deleteObjects: 'delete objects below',
  listObjects: 'list objects below',
  secrets: 'read the secret',
  rotate: 'replace the secret',
  sendMail: 'send this mail',
  postToSockets: 'post to sockets',
};

/**
 * Where the rights of a function are declared: `sessions-http-authorizer` has those of `sessions` for `httpAuthorizer`, and
 * a lane those of each of its consumers.
 */
function contractOf(functionId: string): { file: string; rights: string } | undefined {
  if (/-(stream|queue)$/.test(functionId))
    return { file: 'functions/<area>/<feature>/contract.ts', rights: 'consumers.<name>.rights' };
  const triggers = 'http-authorizer|socket-authorizer|mail-feedback|http|socket|job';
  const [, feature, trigger] = new RegExp(`^(.+?)-(${triggers})$`).exec(functionId) ?? [];
  if (!feature || !trigger) return undefined;
  const areas = existsSync('functions') ? readdirSync('functions') : [];
  const area = areas.find((name) => existsSync(`functions/${name}/${feature}/contract.ts`)) ?? '<area>';
  return {
    file: `functions/${area}/${feature}/contract.ts`,
    rights: `rights.${trigger.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  };
}

/**
 * Advice for an access that a function's role refuses: `blocks-http may not read Account: add it to rights.http.read in
 * functions/accounts/blocks/contract.ts`. Undefined if no right of a contract would allow the access.
 *
 * @param missing the rights that the access needs and the role does not have
 */
export function remedyFor(functionId: string, missing: readonly Right[]): string | undefined {
  const contract = contractOf(functionId);
  const [first] = missing;
  if (!contract || !first) return undefined;
  const names = [...new Set(missing.map(({ name }) => name))].filter((name) => name !== '');
  const list = `${contract.rights}.${first.kind} in ${contract.file}`;
  const may = `${functionId} may not ${verbs[first.kind]}`;
  if (first.kind === 'sendMail') return `${may}: set ${list}, and send from MAIL_FROM with MAIL_CONFIGURATION_SET`;
  if (names.length === 0) return `${may}: set ${list}`;
  return `${may} ${names.join(', ')}: add ${names.length > 1 ? 'them' : 'it'} to ${list}`;
}
