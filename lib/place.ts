import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnAlias, Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib/core';
import type { ServiceValue } from './exports.ts';
import type { FunctionName, Home } from './function-id.ts';
import type { Stage } from './stages.ts';

/** Where functions and what belongs to them are made: a stack, and what it is told. */
export interface Place {
  readonly stack: Stack;
  readonly stage: Stage;
  /**
   * The last part of the stack's name. What every stack has once carries it in its logical id: ids are unique over all stacks
   * of a stage, so that whoever reads these together, as the local cloud does, need not tell them apart by stack.
   */
  readonly home: Home;
  /** What all features share: the service stack's own there, imported by every other. */
  readonly shared: (value: ServiceValue) => string;
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
