import type { CfnAlias, Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Stack } from 'aws-cdk-lib/core';
import type { ServiceValue } from './exports.ts';
import type { FunctionName, Home } from './function-id.ts';
import type { Stage } from './stages.ts';

/** The place where functions and their resources are made: a stack, and its settings. */
export interface Place {
  readonly stack: Stack;
  readonly stage: Stage;
  /**
   * The last part of the stack's name. Resources that every stack has once carry it in their logical id, so that
   * logical ids are unique over all stacks of a stage. Readers of all stacks, such as the local cloud, then need not
   * tell stacks apart.
   */
  readonly home: Home;
  /** Resources that all features share. The service stack refers to its own; all other stacks import them. */
  readonly shared: (value: ServiceValue) => string;
}

export interface FeatureFunction extends FunctionName {
  readonly lambda: Lambda;
  /** Functions that answer HTTP have one, so that traffic can move slowly from version to version. */
  readonly alias: CfnAlias | undefined;
  /** The ARN to invoke: the alias if there is one. */
  readonly target: string;
}

/** The API stage under which clients reach a socket API. */
export const socketStageName = 'live';
