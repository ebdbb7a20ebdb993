/** The distribution: what it caches, what it passes on, and that no template holds a key. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { features } from '../../functions/features.ts';
import { stages } from '../../lib/stages.ts';
import { stacksOf, type Template } from '../../lib/synthesize.ts';
import { stubAssets } from './fixture.ts';
import { onlyOf, templatesOf } from './templates.ts';

const { stacks } = templatesOf(features, 'prod');
const config = (
  onlyOf(stacks.service, 'AWS::CloudFront::Distribution') as { DistributionConfig: Record<string, never> }
).DistributionConfig as unknown as {
  DefaultCacheBehavior: Record<string, unknown>;
  CacheBehaviors: Record<string, unknown>[];
  Origins: { DomainName: unknown; OriginAccessControlId?: unknown }[];
};

test('requests to the API are cached nowhere, and pass on all but the host', () => {
  expect(config.DefaultCacheBehavior).toMatchObject({
    // CachingDisabled and AllViewerExceptHostHeader, of AWS.
    CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    ViewerProtocolPolicy: 'https-only',
    FunctionAssociations: [{ EventType: 'viewer-request' }],
  });
});

test('what guests read is kept apart from all that shows who asks, for a minute at most', () => {
  const shared = config.CacheBehaviors.filter(({ PathPattern }) => String(PathPattern).startsWith('/v1/'));
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
  const [media] = config.CacheBehaviors;
  const { CachePolicyConfig } = stacks.service.Resources.MediaCache!.Properties as never as {
    CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: object };
  };

  expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
    '/media/*',
    ...['/v1/groups', '/v1/groups/*', '/v1/plans', '/v1/plans/*'],
  ]);
  expect(media).toMatchObject({ PathPattern: '/media/*', AllowedMethods: ['GET', 'HEAD'] });
  expect(CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
    QueryStringsConfig: { QueryStringBehavior: 'none' },
    CookiesConfig: { CookieBehavior: 'none' },
    HeadersConfig: { HeaderBehavior: 'none' },
  });
  expect(config.Origins.filter(({ OriginAccessControlId }) => OriginAccessControlId)).toHaveLength(1);
});

test('its keys are filled in when it is deployed, in two functions at the edge and in each HTTP function', () => {
  const edge = Object.values(stacks.service.Resources).filter(({ Type }) => Type === 'AWS::CloudFront::Function');
  const reference = /\{\{resolve:secretsmanager:/g;

  expect(edge.map(({ Properties }) => JSON.stringify(Properties).match(reference)?.length)).toEqual([1, 1]);
  for (const [, template] of Object.entries(stacks))
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const { EDGE_KEYS } = (Properties as { Environment: { Variables: Record<string, unknown> } }).Environment
        .Variables;
      expect([id, EDGE_KEYS !== undefined]).toEqual([id, /Http$|Http[A-F0-9]{8}$/.test(id)]);
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
