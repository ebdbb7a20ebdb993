import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { liveAlias, logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/**
 * Moves the traffic of every HTTP function to its new version step by step, and back if the alarm of the function goes
 * off.
 */
export function canary({ stack, stage, home }: Place, functions: readonly FeatureFunction[]): void {
  const moved = functions.filter(({ alias }) => alias);
  if (!stage.canary || moved.length === 0) return;
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
            resources: moved.map(({ failing }) => failing.alarmArn),
          }),
        ],
      }),
    },
  });
  const application = new CfnApplication(stack, `${logicalId(home)}Canary`, { computePlatform: 'Lambda' });
  for (const { id, alias, failing } of moved) {
    const group = new CfnDeploymentGroup(stack, `${logicalId(id)}Canary`, {
      applicationName: application.ref,
      serviceRoleArn: role.roleArn,
      deploymentConfigName: stage.canary,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: [{ name: failing.alarmName }] },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
    });
    if (!alias) continue;
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: { applicationName: application.ref, deploymentGroupName: group.ref },
    };
  }
}
