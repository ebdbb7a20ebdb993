import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { type App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { SecretName } from '../shared/core/rights.ts';
import { keyAttributes } from '../shared/data/keys.ts';
import { exportAll, type StateValue } from './exports.ts';
import { scanFiles } from './file-scan.ts';
import { acknowledge } from './nag.ts';
import { privateBucket } from './private-bucket.ts';
import type { Stage } from './stages.ts';

function table(stack: Stack, stage: Stage): Table {
  const created = new Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    maxReadRequestUnits: stage.tableUnits.read,
    maxWriteRequestUnits: stage.tableUnits.write,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: stage.keepData,
    // DynamoDB's own key: data is encrypted at rest as with a key of ours, without a KMS request for each use.
    encryption: TableEncryption.DEFAULT,
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  for (const index of ['gsi1', 'gsi2'] as const) {
    const names = keyAttributes(index);
    created.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: { name: names.pk, type: AttributeType.STRING },
      sortKey: { name: names.sk, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
      maxReadRequestUnits: stage.tableUnits.read,
      maxWriteRequestUnits: stage.tableUnits.write,
    });
  }
  return created;
}

function bucket(stack: Stack, stage: Stage): Bucket {
  const created = new Bucket(stack, 'Bucket', {
    ...privateBucket,
    // Keys are generated and never reused, and only a person's own objects are deleted, so there is no mistake that a
    // version would undo. Erased objects must be gone, so no versions are kept.
    versioned: false,
    cors: [
      {
        allowedOrigins: [...stage.origins],
        allowedMethods: [HttpMethods.GET, HttpMethods.POST, HttpMethods.PUT],
        allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
        exposedHeaders: ['etag'],
        maxAge: 3600,
      },
    ],
    lifecycleRules: [
      { id: 'parts-of-broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      // Uploads arrive here and are copied to their final key when they are used. Unused ones expire (row 109: 24 h).
      { id: 'unused-uploads', prefix: 'uploads/', expiration: Duration.days(1) },
      { id: 'old-exports', prefix: 'exports/', expiration: Duration.days(2) },
    ],
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  // Only distributions of this account, and only pictures: not the files, archives and uploads of people.
  created.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ShowPictures',
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: ['certifications/*', 'chat/*', 'pictures/*'].map((keys) => created.arnForObjects(keys)),
      conditions: { StringEquals: { 'AWS:SourceAccount': stack.account } },
    }),
  );
  acknowledge(created, {
    'AwsSolutions-S1':
      'Objects are reached only by presigned requests, and a server access log keeps their signed query strings; the functions log what they sign for whom.',
  });
  return created;
}

/** A key that AWS makes and nobody ever sees. */
function generated(stack: Stack, stage: Stage, id: SecretName, description: string, replaced: string): Secret {
  const created = new Secret(stack, id, {
    description,
    // 86 letters and digits: 512 bits, the most that HMAC-SHA-256 can use.
    generateSecretString: { passwordLength: 86, excludePunctuation: true },
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(created, { 'AwsSolutions-SMG4': replaced });
  return created;
}

/** How keys are replaced whose products live shorter than two months. */
const monthly =
  'A job of the sessions puts a new key in its place every month; the one before it stays good for what it made.';

function edgeKeys(stack: Stack, stage: Stage): Secret {
  const created = new Secret(stack, 'EdgeKeys', {
    description: 'What the distribution proves itself by, and what signs the addresses of pictures',
    generateSecretString: {
      secretStringTemplate: '{}',
      generateStringKey: 'current',
      passwordLength: 43,
      excludePunctuation: true,
    },
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(created, {
    'AwsSolutions-SMG4': 'The distribution gets a new value only by a deployment, so no timer can renew it.',
  });
  return created;
}

/**
 * Credentials that others issue for the deployment, as JSON. The value is empty at first: the features that need it
 * stay off until the operator fills it in.
 */
function given(stack: Stack, stage: Stage, id: SecretName, description: string): Secret {
  const created = new Secret(stack, id, {
    description,
    // The random value itself is unused, but it creates a JSON object that later versions replace.
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(created, {
    'AwsSolutions-SMG4': 'Others issue what is in it; it is replaced when they do, and cannot be made by a timer.',
  });
  return created;
}

/** Resources that outlive every deployment: table, bucket, mail identity and keys. */
export function stateStack(app: App, stage: Stage): Stack {
  const stack = new Stack(app, `moim-${stage.name}-state`, {
    description: 'moim: what must not be lost',
    terminationProtection: stage.keepData,
  });
  const items = table(stack, stage);
  const objects = bucket(stack, stage);
  if (stage.scanFiles) scanFiles(stack, stage, objects);
  const values: Record<StateValue, string> = {
    TableName: items.tableName,
    TableArn: items.tableArn,
    StreamArn: items.tableStreamArn ?? '',
    BucketName: objects.bucketName,
    BucketArn: objects.bucketArn,
    EdgeKeysArn: edgeKeys(stack, stage).secretArn,
    SessionKeyArn: generated(stack, stage, 'SessionKey', 'Signs access tokens and seals refresh tokens', monthly)
      .secretArn,
    DeviceKeyArn: generated(stack, stage, 'DeviceKey', 'Seals device tokens', monthly).secretArn,
    CodeKeyArn: generated(stack, stage, 'CodeKey', 'Makes e-mail codes', monthly).secretArn,
    UploadKeyArn: generated(
      stack,
      stage,
      'UploadKey',
      'Seals upload tickets',
      'It only seals tickets that are good for a day. An operator may replace it at any time; the one before it stays good.',
    ).secretArn,
    SocialProvidersArn: given(stack, stage, 'SocialProviders', 'What identity providers know this deployment by')
      .secretArn,
    PushKeysArn: given(stack, stage, 'PushKeys', 'What push services know this deployment by').secretArn,
    MailIdentityArn: new EmailIdentity(stack, 'MailIdentity', {
      identity: Identity.domain(stage.mail.domain),
      // Bounces are reported to a function. Nobody reads mail to no-reply.
      feedbackForwarding: false,
    }).emailIdentityArn,
  };
  exportAll(stack, stage, values);
  return stack;
}
