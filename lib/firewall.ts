import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { type App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Stage } from './stages.ts';

/** The web ACL of a stage that has one: it counts requests by address, and stops those above the rate. */
export function firewallStack(
  app: App,
  stage: Stage,
  { requestsInFiveMinutes }: NonNullable<Stage['firewall']>,
): Stack {
  const stack = new Stack(app, `moim-${stage.name}-firewall`, {
    description: 'moim: the rate of one address at the distribution',
    env: { region: 'us-east-1' },
  });
  const shown = (metricName: string) => ({
    metricName: `moim-${stage.name}-${metricName}`,
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
  });
  const acl = new CfnWebACL(stack, 'WebAcl', {
    name: `moim-${stage.name}`,
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: shown('all'),
    rules: [
      {
        name: 'rate',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsInFiveMinutes, evaluationWindowSec: 300 },
        },
        visibilityConfig: shown('rate'),
      },
    ],
  });
  new CfnOutput(stack, 'WebAclArn', { value: acl.attrArn });
  return stack;
}
