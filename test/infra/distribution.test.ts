/** The distribution: what it caches, what it passes on, and that no template holds a key. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { features } from '../../functions/features.ts';
import { stages } from '../../lib/stages.ts';
import { stacksOf, type Template } from '../../lib/synthesize.ts';
import { edgeFunction } from '../../local/gateways/edge-function.ts';
import { stubAssets } from './fixture.ts';
import { allOf, onlyOf, templatesOf } from './templates.ts';

const { stacks } = templatesOf(features, 'prod');
const config = (
  onlyOf(stacks.service, 'AWS::CloudFront::Distribution') as { DistributionConfig: Record<string, never> }
).DistributionConfig as unknown as {
  DefaultCacheBehavior: Record<string, unknown>;
  CacheBehaviors: Record<string, unknown>[];
  Origins: { DomainName: unknown; OriginAccessControlId?: unknown }[];
};

const behaviour = (pattern: string) => config.CacheBehaviors.find(({ PathPattern }) => PathPattern === pattern);

test.each(['/v1/*', '/health'])('requests to the API, %s, are cached nowhere, and pass on all but the host', (path) => {
  expect(behaviour(path)).toMatchObject({
    TargetOriginId: 'api',
    // CachingDisabled and AllViewerExceptHostHeader, of AWS.
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    ViewerProtocolPolicy: 'https-only',
    FunctionAssociations: [{ EventType: 'viewer-request' }],
  });
});

test('what guests read is kept apart from all that shows who asks, for a minute at most', () => {
  const shared = config.CacheBehaviors.filter(
    ({ PathPattern }) => String(PathPattern).startsWith('/v1/') && PathPattern !== '/v1/*',
  );
  const { CachePolicyConfig } = stacks.service.Resources.GuestsCache!.Properties as never as {
    CachePolicyConfig: object;
  };

  for (const { CachePolicyId, OriginRequestPolicyId } of shared)
    expect([CachePolicyId, OriginRequestPolicyId]).toEqual([
      { 'Fn::GetAtt': ['GuestsCache', 'Id'] },
      'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    ]);
  expect(CachePolicyConfig).toMatchObject({
    ...{ MinTTL: 0, DefaultTTL: 0, MaxTTL: 60 },
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept-Language', 'Authorization', 'Origin'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    },
  });
});

test('pictures are cached by their path alone: what signs an address is no part of it', () => {
  const media = behaviour('/media/*');
  const { CachePolicyConfig } = stacks.service.Resources.MediaCache!.Properties as never as {
    CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: object };
  };

  expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
    ...['/v1/groups', '/v1/groups/*', '/v1/plans', '/v1/plans/*'],
    ...['/v1/progress-pictures', '/v1/progress-pictures/*'],
    ...['/v1/*', '/health', '/media/*'],
  ]);
  expect(media).toMatchObject({ PathPattern: '/media/*', AllowedMethods: ['GET', 'HEAD'] });
  expect(CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
    QueryStringsConfig: { QueryStringBehavior: 'none' },
    CookiesConfig: { CookieBehavior: 'none' },
    HeadersConfig: { HeaderBehavior: 'none' },
  });
  expect(config.Origins.filter(({ OriginAccessControlId }) => OriginAccessControlId)).toHaveLength(2);
});

test('its keys are filled in when it is deployed, in two functions at the edge, in each HTTP function, and where the socket tells of photos', () => {
  const edge = allOf(stacks.service, 'AWS::CloudFront::Function').filter(({ id }) => id !== 'EdgeSite');
  const reference = /\{\{resolve:secretsmanager:/g;

  expect(edge.map(({ properties }) => JSON.stringify(properties).match(reference)?.length)).toEqual([1, 1]);
  for (const [, template] of Object.entries(stacks))
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const { EDGE_KEYS } = (Properties as { Environment: { Variables: Record<string, unknown> } }).Environment
        .Variables;
      expect([id, EDGE_KEYS !== undefined]).toEqual([id, /(Http|ChatSocket)([A-F0-9]{8})?$/.test(id)]);
    }
});

describe('the web ACL of a stage that wants one', () => {
  const webAclArn = 'arn:aws:wafv2:us-east-1:000000000000:global/webacl/moim-prod/1';
  const folder = mkdtempSync(join(tmpdir(), 'moim-firewall-'));
  const made = stacksOf({
    stage: 'prod',
    assets: stubAssets(features),
    outdir: folder,
    firewall: { requestsInFiveMinutes: 2000, webAclArn },
  });
  const assembly = made.app.synth();
  const templateOf = (name: string) => assembly.getStackByName(made.stacks[name]!.stackName).template as Template;

  test('is a stack of its own in us-east-1, with one rule by address', () => {
    expect(assembly.getStackByName(made.stacks.firewall!.stackName).environment.region).toBe('us-east-1');
    expect(onlyOf(templateOf('firewall'), 'AWS::WAFv2::WebACL')).toMatchObject({
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Action: { Block: {} },
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000, EvaluationWindowSec: 300 } },
        },
      ],
    });
  });

  test('stands before the distribution by its ARN, and no stage has one by itself', () => {
    const { DistributionConfig } = onlyOf(templateOf('service'), 'AWS::CloudFront::Distribution') as never as {
      DistributionConfig: { WebACLId: string };
    };

    expect(DistributionConfig.WebACLId).toBe(webAclArn);
    expect(Object.values(stages).filter(({ firewall }) => firewall)).toEqual([]);
    expect(config).not.toHaveProperty('WebACLId');
  });
});

describe('the site', () => {
  const [bucket] = allOf(stacks.service, 'AWS::S3::Bucket');
  const headers = allOf(stacks.service, 'AWS::CloudFront::ResponseHeadersPolicy').find(
    ({ id }) => id === 'SiteHeaders',
  )!.properties.ResponseHeadersPolicyConfig as {
    SecurityHeadersConfig: Record<string, Record<string, unknown>>;
  };

  test('is all that is not the API and no picture: read only, compressed, kept as its files say', () => {
    expect(config.DefaultCacheBehavior).toMatchObject({
      TargetOriginId: 'site',
      AllowedMethods: ['GET', 'HEAD'],
      // CachingOptimized, of AWS.
      CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      Compress: true,
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    expect(config.DefaultCacheBehavior.OriginRequestPolicyId).toBeUndefined();
  });

  test('has a private bucket of its own, which this distribution alone may read', () => {
    expect(bucket).toMatchObject({ id: expect.stringMatching(/^Site/) });
    expect(bucket!.properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    const statements = (
      onlyOf(stacks.service, 'AWS::S3::BucketPolicy') as unknown as {
        PolicyDocument: { Statement: { Effect: string; Action: string; Principal: object; Condition: object }[] };
      }
    ).PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } });
    expect(JSON.stringify(statements[0]!.Condition)).toMatch(
      /^{"StringEquals":{"AWS:SourceArn":.*{"Ref":"Distribution"}/,
    );
    // No function writes it: a deployment does, with the operator's own credentials.
    const { Resources } = stacks.service;
    const roles = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(JSON.stringify(roles)).not.toContain(bucket!.id);
  });

  test('runs no script but its own: the policy names no other place, and no text becomes one', () => {
    const policy = JSON.stringify(headers.SecurityHeadersConfig.ContentSecurityPolicy);

    for (const part of [
      "default-src 'none'",
      "script-src 'self';",
      "style-src 'self';",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'; trusted-types moim",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers.SecurityHeadersConfig).toMatchObject({
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true, Override: true },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin' },
    });
  });

  test('each path without a dot is a screen; a file that is not there stays an error', () => {
    const run = edgeFunction(readFileSync('lib/edge/site.js', 'utf8'), Date.now);
    const shown = (uri: string) => run({ method: 'GET', uri, querystring: {}, headers: {} }, '192.0.2.1');

    for (const path of ['/', '/groups/01ARZ3', '/a.b/c', '/v2'])
      expect(shown(path)).toMatchObject({ uri: '/index.html' });
    for (const path of ['/sw.js', '/assets/main-ABC.js', '/favicon.ico'])
      expect(shown(path)).toMatchObject({ uri: path });
  });
});
