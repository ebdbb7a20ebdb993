import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime } from './aws.ts';

/**
 * Middleware of the SDK that moim has no use for: one copies requests and answers for a log that moim does not keep,
 * the other adds the SDK's name. Together they take a tenth of the time of a call.
 */
const unheard = ['loggerMiddleware', 'getUserAgentMiddleware'];

/** The document client of a function: one for each cold start. */
export function dynamoOf(platform: Platform): DynamoDBDocumentClient {
  const { signer, tableClient } = platform;
  if (tableClient) return tableClient as DynamoDBDocumentClient;
  const config = { ...clientConfig(platform, 'DYNAMODB'), ...(signer ? { signer } : {}) };
  const client = inTime(new DynamoDBClient(config), platform);
  for (const middleware of unheard) client.middlewareStack.remove(middleware);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
