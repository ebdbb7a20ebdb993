import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Consumer } from '../shared/core/contract.ts';
import { lateAlarm } from './alarms.ts';
import { imported } from './exports.ts';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/** Records a function gets at once, at most. */
const batchSize = 25;

/** A pattern for each event: which kinds of item it is about. The consumers themselves tell their own apart. */
function patternsOf(consumers: readonly Consumer[]): string[] {
  return (['INSERT', 'MODIFY', 'REMOVE'] as const).flatMap((eventName) => {
    const kinds = [...new Set(consumers.filter(({ on }) => on.includes(eventName)).map(({ entity }) => entity))];
    const type = { type: { S: kinds } };
    const image = eventName === 'REMOVE' ? { OldImage: type } : { NewImage: type };
    return kinds.length > 0 ? [JSON.stringify({ eventName: [eventName], dynamodb: image })] : [];
  });
}

/**
 * A source per stream function: DynamoDB serves two readers of its stream well, so there are two at most, each for all
 * that its feature's consumers ask for. A record that cannot be handled holds up its shard for five retries at most:
 * batches are halved around it and it goes to the queue for failed changes.
 */
export function streams(place: Place, functions: readonly FeatureFunction[]): void {
  const { stack, stage, shared } = place;
  for (const reading of functions.filter(({ trigger }) => trigger === 'stream')) {
    const { id, feature, lambda } = reading;
    lateAlarm(place, reading);
    new CfnEventSourceMapping(stack, `${logicalId(id)}Source`, {
      functionName: lambda.functionArn,
      eventSourceArn: imported(stage, 'StreamArn'),
      // What was written before the source was there is delivered too: the stream keeps it for 24 h.
      startingPosition: 'TRIM_HORIZON',
      batchSize,
      filterCriteria: { filters: patternsOf(Object.values(feature.consumers)).map((pattern) => ({ pattern })) },
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
      maximumRecordAgeInSeconds: 6 * 3600,
      destinationConfig: { onFailure: { destination: shared('FailedChangesArn') } },
    });
  }
}
