import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Consumer } from '../shared/core/consumer.ts';
import { lateAlarm } from './alarms.ts';
import { imported } from './exports.ts';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/** The maximum number of records in one invocation. */
const batchSize = 25;

/**
 * One pattern for each type of event, with the kinds of items that it concerns. The consumers select their own records.
 */
function patternsOf(consumers: readonly Consumer[]): string[] {
  return (['INSERT', 'MODIFY', 'REMOVE'] as const).flatMap((eventName) => {
    const kinds = [...new Set(consumers.filter(({ on }) => on.includes(eventName)).map(({ entity }) => entity))];
    const type = { type: { S: kinds } };
    const image = eventName === 'REMOVE' ? { OldImage: type } : { NewImage: type };
    return kinds.length > 0 ? [JSON.stringify({ eventName: [eventName], dynamodb: image })] : [];
  });
}

/** Batches of one shard that are handled at once. The changes of one partition stay in order. */
const sideBySide = 10;

/**
 * One event source for each lane. DynamoDB serves two readers of a stream well. The function parks the work that a consumer
 * cannot do, so a record fails only if the function itself breaks or cannot reach the queue. Then batches are halved around
 * it, and after twenty retries, about ten minutes, it goes to the queue for failed changes.
 */
export function streams(place: Place, functions: readonly FeatureFunction[]): void {
  const { stack, stage, shared } = place;
  for (const { id, feature, lambda } of functions.filter(({ trigger }) => trigger === 'queue')) {
    const isHeavy = feature.name === 'heavy';
    new CfnEventSourceMapping(stack, `${logicalId(id)}Source`, {
      functionName: lambda.functionArn,
      eventSourceArn: shared(isHeavy ? 'HeavyArn' : 'ParkedArn'),
      // Heavy work is done one by one: it needs the memory for itself.
      batchSize: isHeavy ? 1 : 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      // Enough for what fails, and no stampede when everything does.
      scalingConfig: { maximumConcurrency: 10 },
    });
  }
  for (const reading of functions.filter(({ trigger }) => trigger === 'stream')) {
    const { id, feature, lambda } = reading;
    lateAlarm(place, reading);
    new CfnEventSourceMapping(stack, `${logicalId(id)}Source`, {
      functionName: lambda.functionArn,
      eventSourceArn: imported(stage, 'StreamArn'),
      // Records from before the source was created are delivered too: the stream keeps them for 24 h.
      startingPosition: 'TRIM_HORIZON',
      batchSize,
      parallelizationFactor: sideBySide,
      filterCriteria: { filters: patternsOf(Object.values(feature.consumers)).map((pattern) => ({ pattern })) },
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 20,
      maximumRecordAgeInSeconds: 6 * 3600,
      destinationConfig: { onFailure: { destination: shared('FailedChangesArn') } },
    });
  }
}
