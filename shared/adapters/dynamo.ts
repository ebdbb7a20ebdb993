import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime } from './aws.ts';

/** The document client of a function: one per cold start. */
export function dynamoOf(platform: Platform): DynamoDBDocumentClient {
  const client = inTime(new DynamoDBClient(clientConfig(platform, 'DYNAMODB')), platform);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
