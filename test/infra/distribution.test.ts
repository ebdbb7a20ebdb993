/** The distribution: what it caches, what it passes on, and that no template holds a key. */
import { features } from '../../functions/features.ts';
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
    ViewerProtocolPolicy: 'redirect-to-https',
    FunctionAssociations: [{ EventType: 'viewer-request' }],
  });
});

test('pictures are cached by their path alone: what signs an address is no part of it', () => {
  const [media] = config.CacheBehaviors;
  const { CachePolicyConfig } = onlyOf(stacks.service, 'AWS::CloudFront::CachePolicy') as never as {
    CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin: object };
  };

  expect(config.CacheBehaviors).toHaveLength(1);
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
