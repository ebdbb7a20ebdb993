import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Consumer } from '../shared/core/contract.ts';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Service } from './service.ts';
import { imported } from './state-stack.ts';

/** One pattern for what has a new image, one for what has only an old one. */
function patternsOf({ entity, on }: Consumer): string[] {
  const type = { type: { S: [entity] } };
  const kept = on.filter((event) => event !== 'REMOVE');
  return [
    ...(kept.length > 0 ? [{ eventName: kept, dynamodb: { NewImage: type } }] : []),
    ...(on.includes('REMOVE') ? [{ eventName: ['REMOVE'], dynamodb: { OldImage: type } }] : []),
  ].map((pattern) => JSON.stringify(pattern));
}

/**
 * A source per consumer of the contracts. A record that cannot be handled holds up its shard for five retries at most:
 * batches are halved around it and it goes to the queue for failed changes.
 */
export function streams({ stack, stage, failedChanges }: Service, functions: readonly FeatureFunction[]): void {
  for (const { feature, lambda } of functions.filter(({ trigger }) => trigger === 'stream')) {
    for (const [name, consumer] of Object.entries(feature.consumers)) {
      new CfnEventSourceMapping(stack, `Stream${logicalId(feature.name, name)}`, {
        functionName: lambda.functionArn,
        eventSourceArn: imported(stage, 'StreamArn'),
        // What was written before the source was there is delivered too: the stream keeps it for 24 h.
        startingPosition: 'TRIM_HORIZON',
        batchSize: consumer.batchSize,
        filterCriteria: { filters: patternsOf(consumer).map((pattern) => ({ pattern })) },
        functionResponseTypes: ['ReportBatchItemFailures'],
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: 5,
        maximumRecordAgeInSeconds: 6 * 3600,
        destinationConfig: { onFailure: { destination: failedChanges.queueArn } },
      });
    }
  }
}
