import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ArnFormat } from 'aws-cdk-lib/core';
import { alarmName, httpBroken } from './alarms.ts';
import { liveAlias, logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/**
 * Moves the traffic of every HTTP function to its new version step by step, and back if the HTTP API answers with 5xx.
 * The alarm is known by name, because it is in the service stack, which is deployed before.
 */
export function canary({ stack, stage, home }: Place, functions: readonly FeatureFunction[]): void {
  const moved = functions.filter(({ alias }) => alias);
  if (!stage.canary || moved.length === 0) return;
  const stop = alarmName(stage, httpBroken);
  const role = new Role(stack, `${logicalId(home)}CanaryRole`, {
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'MoveTraffic',
            actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
            // By name: the aliases depend on resources that this role belongs to.
            resources: moved.map(({ lambda }) => `${lambda.functionArn}:${liveAlias}`),
          }),
          new PolicyStatement({
            sid: 'WatchAlarms',
            actions: ['cloudwatch:DescribeAlarms'],
            resources: [
              stack.formatArn({
                service: 'cloudwatch',
                resource: 'alarm',
                resourceName: stop,
                arnFormat: ArnFormat.COLON_RESOURCE_NAME,
              }),
            ],
          }),
        ],
      }),
    },
  });
  const application = new CfnApplication(stack, `${logicalId(home)}Canary`, { computePlatform: 'Lambda' });
  for (const { id, alias } of moved) {
    const group = new CfnDeploymentGroup(stack, `${logicalId(id)}Canary`, {
      applicationName: application.ref,
      serviceRoleArn: role.roleArn,
      deploymentConfigName: stage.canary,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: [{ name: stop }] },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
    });
    if (!alias) continue;
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: { applicationName: application.ref, deploymentGroupName: group.ref },
    };
  }
}
