import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnAlias, Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stack } from 'aws-cdk-lib/core';
import type { FunctionName } from './function-id.ts';
import type { Stage } from './stages.ts';

/** What the parts of the service stack share. */
export interface Service {
  readonly stack: Stack;
  readonly stage: Stage;
  /** The folder that holds a folder per function, as `buildFunctions` leaves them. */
  readonly assets: string;
  readonly httpApi: CfnApi;
  readonly socketApi: CfnApi;
  /** Job runs that failed for good. */
  readonly failedJobs: Queue;
  /** Batches of table changes that failed for good. */
  readonly failedChanges: Queue;
}

export interface FeatureFunction extends FunctionName {
  readonly lambda: Lambda;
  /** Where traffic can be moved slowly from version to version: functions that answer HTTP. */
  readonly alias: CfnAlias | undefined;
  /** The ARN to invoke: the alias where there is one. */
  readonly target: string;
  readonly failing: Alarm;
}

/** The stage that clients reach a socket API under. */
export const socketStageName = 'live';
