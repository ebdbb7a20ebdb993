import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Feature, Trigger } from '../shared/core/contract.ts';
import type { Rights, SecretName } from '../shared/core/rights.ts';
import { patternPrefix, tablePrefix } from '../shared/data/keys.ts';
import type { IndexName } from '../shared/data/registry.ts';

/** The ARNs that rights refer to. */
export interface Grounds {
  readonly table: string;
  readonly bucket: string;
  readonly mailIdentity: string;
  readonly mailConfigurationSet: string;
  readonly mailFrom: string;
  readonly secrets: Readonly<Record<SecretName, string>>;
  /** `@connections` of the socket API: all open sockets. */
  readonly connections: string;
}

/** The items that the kernel reads to see that a session is alive. */
const alive = ['Session', 'Authority'] as const;

/**
 * The rights of the function of a trigger: those of its contract. If it answers requests from the table, also the counts of
 * fair use (`shared/http/fair-use.ts`). If it has POST routes, also the stored answers for
 * requests with an `Idempotency-Key`. If it has guarded routes or socket actions, also reading the session and the authority; a
 * socket function may also close sockets of ended sessions.
 */
export function rightsOf(feature: Feature, trigger: Trigger): Rights {
  const rights = feature.rights[trigger] ?? {};
  const routes = trigger === 'http' ? Object.values(feature.routes) : [];
  const kept = routes.some(({ method }) => method === 'POST') ? (['Idempotency'] as const) : [];
  const meetsSockets = trigger === 'socket';
  const asked = meetsSockets || routes.some(({ auth }) => auth === 'account') ? alive : [];
  const counted = routes.length > 0 && (usesTable(rights) || asked.length > 0) ? (['Quota'] as const) : [];
  if (kept.length + asked.length + counted.length === 0) return rights;
  return {
    ...rights,
    read: [...(rights.read ?? []), ...asked, ...kept],
    ...(kept.length + counted.length > 0 ? { write: [...(rights.write ?? []), ...kept, ...counted] } : {}),
    ...(meetsSockets ? { postToSockets: true as const } : {}),
  };
}

export const usesTable = ({ read, query, write, remove, check }: Rights) =>
  [read, query, write, remove, check].some((names) => names !== undefined && names.length > 0);
export const usesBucket = ({ readObjects, writeObjects, deleteObjects, listObjects }: Rights) =>
  [readObjects, writeObjects, deleteObjects, listObjects].some(
    (prefixes) => prefixes !== undefined && prefixes.length > 0,
  );

export const secretsOf = ({ secrets = [], rotate = [] }: Rights) => [...new Set([...secrets, ...rotate])];

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

/** Allows actions on items whose partition key begins with one of the prefixes. */
function onItems(sid: string, actions: string[], resource: string, prefixes: readonly string[]): PolicyStatement[] {
  if (prefixes.length === 0) return [];
  return [
    new PolicyStatement({
      sid,
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [resource],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': sorted(prefixes).map((prefix) => `${prefix}*`) },
        // "For all values" also holds for no values. This keeps a request without keys, such as a Scan, from being
        // allowed.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }),
  ];
}

function onTable(rights: Rights, table: string): PolicyStatement[] {
  const queried = (rights.query ?? []).map(patternPrefix);
  const query = (index: IndexName, sid: string, resource: string) => {
    const prefixes = queried.filter((pattern) => pattern.index === index).map(({ prefix }) => prefix);
    return onItems(sid, ['Query'], resource, prefixes);
  };
  return [
    ...onItems('Read', ['GetItem', 'BatchGetItem'], table, (rights.read ?? []).map(tablePrefix)),
    ...query('table', 'Query', table),
    ...query('gsi1', 'QueryGsi1', `${table}/index/gsi1`),
    ...query('gsi2', 'QueryGsi2', `${table}/index/gsi2`),
    ...onItems('Write', ['PutItem', 'UpdateItem', 'DeleteItem'], table, (rights.write ?? []).map(tablePrefix)),
    ...onItems('Remove', ['DeleteItem'], table, (rights.remove ?? []).map(tablePrefix)),
    ...onItems('Check', ['ConditionCheckItem'], table, (rights.check ?? []).map(tablePrefix)),
  ];
}

function onObjects(sid: string, action: string, bucket: string, prefixes: readonly string[] = []): PolicyStatement[] {
  if (prefixes.length === 0) return [];
  const resources = sorted(prefixes).map((prefix) => `${bucket}/${prefix}*`);
  return [new PolicyStatement({ sid, actions: [action], resources })];
}

function onSecrets(sid: string, action: string, on: Grounds, names: readonly SecretName[] = []): PolicyStatement[] {
  if (names.length === 0) return [];
  const resources = names.map((name) => on.secrets[name]);
  return [new PolicyStatement({ sid, actions: [`secretsmanager:${action}`], resources })];
}

/** The policy statements for a function's rights: these actions, on these keys, and nothing else. */
export function statementsFor(rights: Rights, on: Grounds): PolicyStatement[] {
  return [
    ...onTable(rights, on.table),
    ...onObjects('ReadObjects', 's3:GetObject', on.bucket, rights.readObjects),
    ...onObjects('WriteObjects', 's3:PutObject', on.bucket, rights.writeObjects),
    ...onObjects('DeleteObjects', 's3:DeleteObject', on.bucket, rights.deleteObjects),
    ...(rights.listObjects
      ? [
          new PolicyStatement({
            sid: 'ListObjects',
            actions: ['s3:ListBucket'],
            resources: [on.bucket],
            conditions: { StringLike: { 's3:prefix': sorted(rights.listObjects).map((prefix) => `${prefix}*`) } },
          }),
        ]
      : []),
    ...(rights.sendMail
      ? [
          new PolicyStatement({
            sid: 'SendMail',
            actions: ['ses:SendRawEmail'],
            // SES requires both: the sender, and the configuration set.
            resources: [on.mailIdentity, on.mailConfigurationSet],
            conditions: { StringEquals: { 'ses:FromAddress': on.mailFrom } },
          }),
        ]
      : []),
    ...onSecrets('ReadSecrets', 'GetSecretValue', on, rights.secrets),
    ...onSecrets('RotateSecrets', 'PutSecretValue', on, rights.rotate),
    ...(rights.postToSockets
      ? [
          new PolicyStatement({
            sid: 'PostToSockets',
            actions: ['execute-api:ManageConnections'],
            resources: [on.connections],
          }),
        ]
      : []),
  ];
}
