import { readFileSync } from 'node:fs';
import {
  CfnCachePolicy,
  CfnDistribution,
  CfnFunction,
  CfnOriginAccessControl,
  CfnResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Fn, type Stack } from 'aws-cdk-lib/core';
import type { Feature } from '../shared/core/contract.ts';
import { hstsSeconds, securityHeaders } from '../shared/product/security-headers.ts';
import { imported } from './exports.ts';
import { logicalId } from './function-id.ts';
import { acknowledge } from './nag.ts';
import { site } from './site.ts';
import type { Stage } from './stages.ts';

const everyMethod = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** Policies that AWS keeps, by the ids that are the same in every account. */
const managed = {
  noCache: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  allViewerExceptHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
};

/**
 * The keys that the distribution shares with the functions, as JSON. CloudFormation fills them in when it deploys, so no
 * template holds them. The count makes it look again: it looks for a new value only where the text has changed.
 */
export const edgeKeys = (stage: Stage) =>
  Fn.join('', ['{{resolve:secretsmanager:', imported(stage, 'EdgeKeysArn'), ':SecretString}}']);

/** A function at the edge, from its file in `lib/edge`. */
function edgeFunction(stack: Stack, stage: Stage, name: 'viewer' | 'media'): CfnFunction {
  const code = readFileSync(`lib/edge/${name}.js`, 'utf8').split('EDGE_KEYS');
  if (code.length !== 2) throw new Error(`lib/edge/${name}.js names EDGE_KEYS ${code.length - 1} times, not once`);
  return new CfnFunction(stack, logicalId(`edge-${name}`), {
    name: `moim-${stage.name}-${name}`,
    autoPublish: true,
    functionConfig: { comment: `moim ${name}, keys ${stage.edgeKeys}`, runtime: 'cloudfront-js-2.0' },
    functionCode: Fn.join('', [code[0]!, edgeKeys(stage), code[1]!]),
  });
}

/** Pictures are cached by their address without what signs it. The address of an object never gets another content. */
const pictureCache = (stack: Stack, stage: Stage) =>
  new CfnCachePolicy(stack, 'MediaCache', {
    cachePolicyConfig: {
      name: `moim-${stage.name}-media`,
      minTtl: 86_400,
      defaultTtl: 31_536_000,
      maxTtl: 31_536_000,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: 'none' },
        headersConfig: { headerBehavior: 'none' },
        queryStringsConfig: { queryStringBehavior: 'none' },
        enableAcceptEncodingGzip: false,
        enableAcceptEncodingBrotli: false,
      },
    },
  });

/** The product's security headers, as CloudFront names them. */
const securityConfig = {
  contentTypeOptions: { override: true },
  contentSecurityPolicy: { override: true, contentSecurityPolicy: securityHeaders['content-security-policy'] },
  referrerPolicy: { override: true, referrerPolicy: securityHeaders['referrer-policy'] },
  strictTransportSecurity: { override: true, accessControlMaxAgeSec: hstsSeconds, includeSubdomains: true },
};

/**
 * Answers of the gateway itself (429, 413, 503) have the headers that functions send. They are not kept; what a function
 * says about keeping stays, and so does what it says about showing: a picture may be shown by pages elsewhere.
 */
const apiHeaders = (stack: Stack, stage: Stage) =>
  new CfnResponseHeadersPolicy(stack, 'ApiHeaders', {
    responseHeadersPolicyConfig: {
      name: `moim-${stage.name}-api`,
      customHeadersConfig: {
        items: [
          { header: 'cache-control', value: 'no-store', override: false },
          {
            header: 'cross-origin-resource-policy',
            value: securityHeaders['cross-origin-resource-policy'],
            override: false,
          },
        ],
      },
      securityHeadersConfig: {
        ...securityConfig,
        contentSecurityPolicy: { ...securityConfig.contentSecurityPolicy, override: false },
      },
    },
  });

/**
 * What guests read is kept for as long as the API says, at most a minute. `Authorization` is a part of the key, and the API
 * answers whoever sends one with `private`: such a request finds nothing here and leaves nothing. `Origin` is a part
 * because the API names it in its answer.
 */
const guestsCache = (stack: Stack, stage: Stage) =>
  new CfnCachePolicy(stack, 'GuestsCache', {
    cachePolicyConfig: {
      name: `moim-${stage.name}-guests`,
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: 60,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: 'none' },
        headersConfig: { headerBehavior: 'whitelist', headers: ['Accept-Language', 'Authorization', 'Origin'] },
        queryStringsConfig: { queryStringBehavior: 'all' },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: false,
      },
    },
  });

/** The paths below which something is shared among guests: of `/v1/groups/{groupId}` all of `/v1/groups`. */
function sharedPaths(features: readonly Pick<Feature, 'routes'>[]): string[] {
  const shared = features
    .flatMap(({ routes }) => Object.values(routes))
    .filter(({ sharedSeconds }) => sharedSeconds > 0);
  const bases = new Set(shared.map(({ path }) => path.split('/').slice(0, 3).join('/')));
  return [...bases].sort().flatMap((base) => [base, `${base}/*`]);
}

/** Browsers keep a picture as long as its address may live, and treat it as nothing but a picture. */
const pictureHeaders = (stack: Stack, stage: Stage) =>
  new CfnResponseHeadersPolicy(stack, 'MediaHeaders', {
    responseHeadersPolicyConfig: {
      name: `moim-${stage.name}-media`,
      customHeadersConfig: {
        items: [{ header: 'cache-control', value: 'private, max-age=1200, immutable', override: true }],
      },
      securityHeadersConfig: {
        ...securityConfig,
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: `${securityHeaders['content-security-policy']}; sandbox`,
        },
      },
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ['*'] },
        accessControlAllowMethods: { items: ['GET', 'HEAD'] },
        accessControlAllowOrigins: { items: [...stage.origins] },
        originOverride: true,
      },
    },
  });

/** Signs what the distribution asks a bucket. */
const access = (stack: Stack, stage: Stage, origin: 'media' | 'site') =>
  new CfnOriginAccessControl(stack, origin === 'media' ? 'MediaAccess' : 'SiteAccess', {
    originAccessControlConfig: {
      name: `moim-${stage.name}-${origin}`,
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    },
  });

/** What stands behind a distribution, besides its buckets. */
interface Behind {
  readonly httpApiId: string;
  readonly socketApiId: string;
  readonly features: readonly Pick<Feature, 'routes'>[];
}

/**
 * The distribution: one address for the site, the API and pictures. Pictures and the site come from their buckets, which
 * let nobody else read them this way. Requests to the API are judged there.
 */
export function distribution(
  stack: Stack,
  stage: Stage,
  { httpApiId, socketApiId, features }: Behind,
): CfnDistribution {
  const uploads = imported(stage, 'BucketName');
  const pages = site(stack, stage, { uploads, socketApiId });
  const fromBucket = (id: 'media' | 'site', domainName: string) => ({
    id,
    domainName,
    originAccessControlId: access(stack, stage, id).attrId,
    s3OriginConfig: { originAccessIdentity: '' },
  });
  const atEdge = (name: 'viewer' | 'media') => [
    { eventType: 'viewer-request', functionArn: edgeFunction(stack, stage, name).attrFunctionArn },
  ];
  const viewer = atEdge('viewer');
  const guests = guestsCache(stack, stage).attrId;
  const ownHeaders = apiHeaders(stack, stage).attrId;
  // People type a domain without a scheme. A client that does has sent its token in clear, and a redirect would hide it (ASVS 4.1.2).
  const people = { viewerProtocolPolicy: 'redirect-to-https', compress: true };
  const https = { viewerProtocolPolicy: 'https-only', compress: true };
  const api = {
    targetOriginId: 'api',
    ...https,
    allowedMethods: everyMethod,
    cachePolicyId: managed.noCache,
    originRequestPolicyId: managed.allViewerExceptHost,
    responseHeadersPolicyId: ownHeaders,
    functionAssociations: viewer,
  };
  const made = new CfnDistribution(stack, 'Distribution', {
    distributionConfig: {
      enabled: true,
      comment: `moim-${stage.name}`,
      httpVersion: 'http2and3',
      ipv6Enabled: true,
      priceClass: 'PriceClass_200',
      ...(stage.firewall?.webAclArn ? { webAclId: stage.firewall.webAclArn } : {}),
      ...(stage.site ? { aliases: [stage.site.domain] } : {}),
      viewerCertificate: stage.site
        ? {
            acmCertificateArn: stage.site.certificateArn,
            sslSupportMethod: 'sni-only',
            minimumProtocolVersion: 'TLSv1.2_2021',
          }
        : { cloudFrontDefaultCertificate: true },
      origins: [
        {
          id: 'api',
          domainName: `${httpApiId}.execute-api.${stack.region}.${stack.urlSuffix}`,
          customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] },
        },
        fromBucket('media', `${uploads}.s3.${stack.region}.${stack.urlSuffix}`),
        fromBucket('site', pages.domainName),
      ],
      defaultCacheBehavior: { targetOriginId: 'site', ...people, ...pages.behaviour },
      cacheBehaviors: [
        // The first that fits counts: what is shared among guests comes before all else of the API.
        ...sharedPaths(features).map((pathPattern) => ({ pathPattern, ...api, cachePolicyId: guests })),
        ...['/v1/*', '/health'].map((pathPattern) => ({ pathPattern, ...api })),
        {
          pathPattern: '/media/*',
          targetOriginId: 'media',
          ...https,
          allowedMethods: ['GET', 'HEAD'],
          cachePolicyId: pictureCache(stack, stage).attrId,
          responseHeadersPolicyId: pictureHeaders(stack, stage).attrId,
          functionAssociations: atEdge('media'),
        },
      ],
    },
  });
  pages.open(made);
  acknowledge(made, {
    'AwsSolutions-CFR1': 'People of every country may use moim.',
    'AwsSolutions-CFR2': 'The functions count who asks; a web ACL costs more than a small deployment.',
    'AwsSolutions-CFR3':
      'Its log would keep addresses of people and signed addresses; API and functions log what they do.',
    'AwsSolutions-CFR4': 'Without a domain of its own, a distribution has the certificate of CloudFront.',
  });
  return made;
}
