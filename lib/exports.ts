import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib/core';
import type { SecretName } from '../shared/core/contract.ts';
import type { Stage } from './stages.ts';

/** What the state stack exports. */
export type StateValue =
  | 'TableName'
  | 'TableArn'
  | 'StreamArn'
  | 'BucketName'
  | 'BucketArn'
  | `${SecretName}Arn`
  | 'MailIdentityArn';

/** What the service stack exports: what all features share. */
export type ServiceValue =
  | 'HttpApiId'
  | 'HttpAuthorizerId'
  | 'SocketApiId'
  | 'SocketAuthorizerId'
  | 'FailedJobsArn'
  | 'FailedChangesArn'
  | 'FailedChangesUrl'
  | 'ParkedArn'
  | 'ParkedUrl'
  | 'AlarmsArn';

type Exported = StateValue | ServiceValue;

/**
 * The name under which a value is exported. Nothing else goes from stack to stack, since CloudFormation neither changes nor
 * takes back an export that another stack imports: these are few, they do not hang on what a stage is set to, and each is the
 * id of a thing that is made once. The logical id of such a thing stays as it is: another one would be another thing.
 */
export const exportName = (stage: Stage, value: Exported) => `moim-${stage.name}-${value}`;

/** A value of a stack that is deployed before. */
export const imported = (stage: Stage, value: Exported) => Fn.importValue(exportName(stage, value));

export function exportAll(stack: Stack, stage: Stage, values: Readonly<Partial<Record<Exported, string>>>): void {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(stack, name, { value, exportName: exportName(stage, name as Exported) });
  }
}
