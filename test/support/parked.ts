/** Changes that wait in a queue because a consumer failed. */
import type { DynamoDBRecord } from 'aws-lambda';
import { imageOf, kept } from '../../shared/events/consumers.ts';
import type { Moim } from './moim.ts';

/** The queue of changes that are tried again, or of those that failed for good. */
export function queueArn(moim: Moim, variable: 'PARKED_URL' | 'FAILED_URL'): string {
  const url = moim.functions.find(({ id }) => id === 'parked-queue')!.environment[variable]!;
  return `arn:aws:sqs:us-east-1:000000000000:${url.split('/').at(-1)}`;
}

/**
 * What waits for one consumer after it failed on a record of the stream.
 *
 * @param consumer `feature.consumer`
 * @param keeps what the consumer's contract keeps of an item
 */
export const parkedMessage = (
  moim: Moim,
  consumer: string,
  keeps: readonly string[] | undefined,
  { eventName, dynamodb = {} }: DynamoDBRecord,
) => ({
  consumer,
  event: eventName,
  keys: { pk: dynamodb.Keys!.pk!.S, sk: dynamodb.Keys!.sk!.S },
  sequence: dynamodb.SequenceNumber,
  since: moim.clock.now(),
  changedAt: dynamodb.ApproximateCreationDateTime! * 1000,
  old: kept(imageOf(dynamodb.OldImage), keeps),
  after: kept(imageOf(dynamodb.NewImage), keeps),
});
