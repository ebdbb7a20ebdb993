/** The site: the files of the web client in a bucket of their own, which a distribution shows and nobody else reads. */
import { readFileSync } from 'node:fs';
import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnFunction, CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { hstsSeconds } from '../shared/product/security-headers.ts';
import { logicalId } from './function-id.ts';
import { acknowledge } from './nag.ts';
import { socketStageName } from './place.ts';
import { privateBucket } from './private-bucket.ts';
import type { Stage } from './stages.ts';

/** AWS's policy CachingOptimized, the same in every account: it compresses, and keeps to the `cache-control` of a file. */
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** Where pages connect to, besides their own origin. */
interface Places {
  /** Names the bucket to which people upload. */
  readonly uploads: string;
  readonly socketApiId: string;
}

/** Only what the site needs. Every script comes from the site itself; only the policy `moim` may make an address into one. */
const contentSecurityPolicy = (uploads: string, socket: string) =>
  [
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${uploads} ${socket}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types moim',
  ].join('; ');

function headers(stack: Stack, stage: Stage, { uploads, socketApiId }: Places): CfnResponseHeadersPolicy {
  const { region, urlSuffix } = stack;
  const items = [
    ['permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=(self), payment=()'],
    ['cross-origin-opener-policy', 'same-origin'],
  ];
  return new CfnResponseHeadersPolicy(stack, 'SiteHeaders', {
    responseHeadersPolicyConfig: {
      name: `moim-${stage.name}-site`,
      customHeadersConfig: {
        items: items.map(([header, value]) => ({ header: header!, value: value!, override: true })),
      },
      securityHeadersConfig: {
        contentTypeOptions: { override: true },
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: contentSecurityPolicy(
            `https://${uploads}.s3.${region}.${urlSuffix}`,
            `wss://${socketApiId}.execute-api.${region}.${urlSuffix}/${socketStageName}`,
          ),
        },
        referrerPolicy: { override: true, referrerPolicy: 'strict-origin-when-cross-origin' },
        strictTransportSecurity: { override: true, accessControlMaxAgeSec: hstsSeconds, includeSubdomains: true },
      },
    },
  });
}

/** A bucket of its own, so that a deployment of the site can neither read nor empty what people uploaded. */
function siteBucket(stack: Stack, stage: Stage): Bucket {
  const bucket = new Bucket(stack, 'Site', {
    ...privateBucket,
    // Each release has other names for its files, and the last three are kept (`bin/web-deploy.ts`).
    versioned: false,
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(bucket, {
    'AwsSolutions-S1': 'Everybody may read the site, and only the distribution reads the bucket.',
  });
  return bucket;
}

/**
 * The parts that a distribution needs to show the site. Call `open` with the distribution: only that one may then read the
 * files. `npm run web:deploy` finds the bucket by its name, which begins with those of the stack and `site`.
 */
export function site(stack: Stack, stage: Stage, places: Places) {
  const bucket = siteBucket(stack, stage);
  const screens = new CfnFunction(stack, logicalId('edge-site'), {
    name: `moim-${stage.name}-site`,
    autoPublish: true,
    functionConfig: { comment: 'moim site', runtime: 'cloudfront-js-2.0' },
    functionCode: readFileSync('lib/edge/site.js', 'utf8'),
  });
  return {
    domainName: `${bucket.bucketName}.s3.${stack.region}.${stack.urlSuffix}`,
    behaviour: {
      allowedMethods: ['GET', 'HEAD'],
      cachePolicyId: cachingOptimized,
      responseHeadersPolicyId: headers(stack, stage, places).attrId,
      functionAssociations: [{ eventType: 'viewer-request', functionArn: screens.attrFunctionArn }],
    },
    open(distribution: CfnDistribution): void {
      const arn = `arn:${stack.partition}:cloudfront::${stack.account}:distribution/${distribution.ref}`;
      bucket.addToResourcePolicy(
        new PolicyStatement({
          sid: 'ShowSite',
          principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
          actions: ['s3:GetObject'],
          resources: [bucket.arnForObjects('*')],
          conditions: { StringEquals: { 'AWS:SourceArn': arn } },
        }),
      );
    },
  };
}
