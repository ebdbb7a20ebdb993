/**
 * Support for `DYNAMODB_ENDPOINT`, `S3_ENDPOINT` and `SES_ENDPOINT`: real services or other emulators instead of the
 * engines.
 */
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Environment } from '../../shared/core/platform.ts';

export interface OwnCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The developer's own credentials.
 *
 * @throws Error that says which variables to set
 */
export function ownCredentials(environment: Environment): OwnCredentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new Error(
      'an engine is replaced: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to credentials that it takes',
    );
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
}

/**
 * Creates the tables of the template that do not exist.
 *
 * @throws the error of the service
 */
export async function createRemoteTables(
  endpoint: string,
  region: string,
  credentials: OwnCredentials,
  tables: readonly CreateTableCommandInput[],
): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region, credentials: { ...credentials } });
  for (const {
    TableName,
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes = [],
    StreamSpecification,
  } of tables) {
    const command = new CreateTableCommand({
      TableName,
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      // Indexes and streams of a template have settings that this call does not accept.
      ...(GlobalSecondaryIndexes.length > 0
        ? {
            GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({
              IndexName: index.IndexName,
              KeySchema: index.KeySchema,
              Projection: index.Projection,
            })),
          }
        : {}),
      ...(StreamSpecification
        ? { StreamSpecification: { StreamEnabled: true, StreamViewType: StreamSpecification.StreamViewType } }
        : {}),
    });
    await client.send(command).catch((error: Error) => {
      if (error.name !== 'ResourceInUseException') throw error;
    });
  }
  client.destroy();
}
