import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib/core';
import type { SecretName } from '../shared/core/rights.ts';
import type { Stage } from './stages.ts';

/** The exports of the state stack. */
export type StateValue =
  | 'TableName'
  | 'TableArn'
  | 'StreamArn'
  | 'BucketName'
  | 'BucketArn'
  | 'EdgeKeysArn'
  | `${SecretName}Arn`
  | 'MailIdentityArn';

/** The exports of the service stack: resources that all features share. */
export type ServiceValue =
  | 'HttpApiId'
  | 'DistributionDomain'
  | 'HttpAuthorizerId'
  | 'SocketApiId'
  | 'SocketAuthorizerId'
  | 'FailedJobsArn'
  | 'FailedChangesArn'
  | 'FailedChangesUrl'
  | 'ParkedArn'
  | 'ParkedUrl'
  | 'HeavyArn'
  | 'HeavyUrl'
  | 'AlarmsArn';

type Exported = StateValue | ServiceValue;

/**
 * The name under which a value is exported. CloudFormation neither changes nor removes an export that another stack
 * imports. Exports are therefore few, do not depend on the settings of a stage, and each is the id of a resource that
 * is created once. The logical id of such a resource must not change, because a new logical id would create another
 * resource.
 */
const exportName = (stage: Stage, value: Exported) => `moim-${stage.name}-${value}`;

/** A value of a stack that is deployed earlier. */
export const imported = (stage: Stage, value: Exported) => Fn.importValue(exportName(stage, value));

export function exportAll(stack: Stack, stage: Stage, values: Readonly<Partial<Record<Exported, string>>>): void {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(stack, name, { value, exportName: exportName(stage, name as Exported) });
  }
}
