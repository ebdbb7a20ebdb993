/** `npm run keys:replace -- session`: puts a new key in the place of one that leaked (docs/keys.md). */
import { randomUUID } from 'node:crypto';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { revocation } from '../functions/accounts/sessions/keys.ts';
import { keyOf } from '../shared/adapters/signing-key.ts';
import { newSecret } from '../shared/core/ids.ts';
import { inParallel } from '../shared/core/parallel.ts';
import { tablePrefix } from '../shared/data/keys.ts';
import type { Table } from '../shared/data/table.ts';
import { type Command, local, main, type Place } from './table.ts';

const minutes = 'Functions that run have forgotten the old one within five minutes.';

/** The keys that moim makes itself: the secret of each, and what becomes of what the old one made. */
const kinds = {
  session: { secret: 'SessionKey', told: 'Everybody signs in again.' },
  device: { secret: 'DeviceKey', told: `Devices count as unknown until the next sign-in. ${minutes}` },
  code: { secret: 'CodeKey', told: `Codes that were mailed are good no more. ${minutes}` },
  upload: { secret: 'UploadKey', told: `Uploads that have begun are begun again. ${minutes}` },
} as const;
const isKind = (word: string): word is keyof typeof kinds => Object.hasOwn(kinds, word);

/** The ARN of a secret. CloudFormation names it after its id in the stack, and tags it with the name of the stack. */
async function arnOf(client: SecretsManagerClient, secret: string, stage: string | undefined): Promise<string> {
  const ofStage = stage === undefined ? [] : [{ Key: 'tag-value' as const, Values: [`moim-${stage}-state`] }];
  const Filters = [{ Key: 'name' as const, Values: [secret] }, ...ofStage];
  const { SecretList = [] } = await client.send(new ListSecretsCommand({ Filters }));
  const [found, ...others] = SecretList;
  if (!found?.ARN || others.length > 0)
    throw new Error(`${SecretList.length} secrets are named ${secret}…: are region and account the right ones?`);
  return found.ARN;
}

/** The ids of the keys in a secret that are good. */
async function idsOf(client: SecretsManagerClient, SecretId: string): Promise<string[]> {
  const versions = await Promise.all(
    ['AWSCURRENT', 'AWSPREVIOUS'].map((VersionStage) =>
      client.send(new GetSecretValueCommand({ SecretId, VersionStage })).catch((error: Error) => {
        if (error.name === 'ResourceNotFoundException') return undefined;
        throw error;
      }),
    ),
  );
  return versions.flatMap((version) => (version?.SecretString ? [keyOf(version.SecretString).id] : []));
}

/** Twice: the key before the current one is good too, and neither may be one that leaked. */
async function replaceTwice(client: SecretsManagerClient, SecretId: string): Promise<void> {
  for (let times = 0; times < 2; times++) {
    const SecretString = newSecret() + newSecret();
    await client.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken: randomUUID() }));
  }
}

/** Ends every session, and so at once whatever was signed for one. Only an emergency looks at the whole table. */
async function endSessions({ documents, tableName: TableName }: Place): Promise<number> {
  let ended = 0;
  for (let ExclusiveStartKey: Record<string, unknown> | undefined; ; ) {
    const page = await documents.send(
      new ScanCommand({
        TableName,
        ExclusiveStartKey,
        FilterExpression: 'begins_with(pk, :sessions)',
        ExpressionAttributeValues: { ':sessions': tablePrefix('Session') },
        ProjectionExpression: 'pk, sk',
      }),
    );
    await inParallel(10, page.Items ?? [], (Key) => documents.send(new DeleteCommand({ TableName, Key })));
    ended += page.Items?.length ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (!ExclusiveStartKey) return ended;
  }
}

/**
 * The new key comes first, so that a function which finds the old one revoked finds another. Sessions that were opened under the
 * old one in between end as well.
 */
async function replaceSessionKey(client: SecretsManagerClient, arn: string, table: Table, place: Place) {
  const old = await idsOf(client, arn);
  await replaceTwice(client, arn);
  for (const id of old) await table.commit([revocation(id, Date.now())]);
  return `${await endSessions(place)} sessions have ended. `;
}

export const keysReplace: Command = {
  usage: 'npm run keys:replace -- session|device|code|upload',
  async work(table, word, place) {
    if (!isKind(word))
      throw new Error(`there is no key "${word}" that moim makes: session, device, code or upload (docs/keys.md)`);
    const { secret, told } = kinds[word];
    const client = new SecretsManagerClient(place.stage === undefined ? local(place.environment) : {});
    const arn = await arnOf(client, secret, place.stage);
    if (word === 'session') return `${secret} is another. ${await replaceSessionKey(client, arn, table, place)}${told}`;
    await replaceTwice(client, arn);
    return `${secret} is another. ${told}`;
  },
};

if (import.meta.main) await main(keysReplace);
