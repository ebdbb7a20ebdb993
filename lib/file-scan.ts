import { CfnMalwareProtectionPlan } from 'aws-cdk-lib/aws-guardduty';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { acknowledgeStars } from './nag.ts';
import type { Stage } from './stages.ts';

/** The files of groups. Pictures are not scanned: only what moim has drawn anew from them is ever shown. */
const prefix = 'files/';
/** What GuardDuty writes on a file, and the value that says that nothing was found. */
const verdict = { tag: 'GuardDutyMalwareScanStatus', clean: 'NO_THREATS_FOUND' };

/** The role with which GuardDuty reads new files and writes its verdict on them: the rights that it asks for, on files alone. */
function scanner(stack: Stack, bucket: Bucket): Role {
  const files = bucket.arnForObjects(`${prefix}*`);
  const rules = stack.formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: 'DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*',
  });
  const allow = (sid: string, resource: string, ...actions: string[]) =>
    new PolicyStatement({ sid, actions, resources: [resource] });
  const role = new Role(stack, 'FileScanRole', {
    assumedBy: new ServicePrincipal('malware-protection-plan.guardduty.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [
          allow('Scan', files, 's3:GetObject', 's3:GetObjectTagging', 's3:PutObjectTagging'),
          allow('Hear', bucket.bucketArn, 's3:PutBucketNotification', 's3:GetBucketNotification', 's3:ListBucket'),
          // GuardDuty tries with this object whether the bucket is there.
          allow('Try', bucket.arnForObjects('malware-protection-resource-validation-object'), 's3:PutObject'),
          new PolicyStatement({
            sid: 'Listen',
            actions: ['PutRule', 'DeleteRule', 'PutTargets', 'RemoveTargets'].map((action) => `events:${action}`),
            resources: [rules],
            conditions: {
              StringEquals: { 'events:ManagedBy': 'malware-protection-plan.guardduty.amazonaws.com' },
            },
          }),
          allow('Look', rules, 'events:DescribeRule', 'events:ListTargetsByRule'),
        ],
      }),
    },
  });
  const reason = 'The names of files and of the rule that GuardDuty makes for itself are not known before.';
  acknowledgeStars(stack, role, [files, rules], reason);
  return role;
}

/**
 * Has every file of a group scanned for malware when it arrives, by GuardDuty. Nobody reads a file before it was found clean,
 * whatever link they have: seconds after it was added. Nobody else can write the verdict.
 */
export function scanFiles(stack: Stack, { name }: Stage, bucket: Bucket): void {
  const role = scanner(stack, bucket);
  new CfnMalwareProtectionPlan(stack, 'FileScan', {
    role: role.roleArn,
    protectedResource: { s3Bucket: { bucketName: bucket.bucketName, objectPrefixes: [prefix] } },
    actions: { tagging: { status: 'ENABLED' } },
    tags: [{ key: 'Name', value: `moim-${name}-files` }],
  });
  const refuse = (sid: string, action: string, conditions: Record<string, object>) =>
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [action],
        resources: [bucket.arnForObjects(`${prefix}*`)],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn }, ...conditions },
      }),
    );
  refuse('ReadCleanFilesOnly', 's3:GetObject', {
    StringNotEquals: { [`s3:ExistingObjectTag/${verdict.tag}`]: verdict.clean },
  });
  refuse('LeaveTheVerdict', 's3:PutObjectTagging', {});
}
