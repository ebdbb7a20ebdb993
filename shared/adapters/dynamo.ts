import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime } from './aws.ts';

/**
 * What the SDK does in each call for nobody: it copies what comes and goes for a log that is not kept, and names itself. A
 * tenth of what a call costs.
 */
const unheard = ['loggerMiddleware', 'getUserAgentMiddleware'];

/** The document client of a function: one per cold start. */
export function dynamoOf(platform: Platform): DynamoDBDocumentClient {
  const { signer } = platform;
  const config = { ...clientConfig(platform, 'DYNAMODB'), ...(signer ? { signer } : {}) };
  const client = inTime(new DynamoDBClient(config), platform);
  for (const middleware of unheard) client.middlewareStack.remove(middleware);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
