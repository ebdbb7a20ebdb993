/** What the tests of the local cloud share: a small template written by hand, and handlers written in the test. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cloud, type CloudOptions, startCloud } from '../../../local/cloud.ts';
import { movableClock } from '../../../local/runtime/clock.ts';
import type { Platform } from '../../../shared/core/platform.ts';

export const start = Date.parse('2026-03-02T03:00:00Z');

export type Handler = (event: never, platform: Platform) => unknown;
type Properties = Record<string, unknown>;
export type Resources = Record<string, { Type: string; Properties?: Properties; Metadata?: Properties }>;

export const ref = (id: string) => ({ Ref: id });
export const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const invocation = (id: string) => ({
  'Fn::Join': ['', ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/', arnOf(id), '/invocations']],
});
const sourceOf = (api: string) => ({
  'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', ref(api), '/*']],
});

/** A function with its role and the permission that lets both APIs invoke it. */
export function lambda(id: string, statements: object[] = [], environment: Record<string, unknown> = {}): Resources {
  const permission = (api: string) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf(id),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sourceOf(api),
    },
  });
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }] },
    },
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: arnOf(`${id}Role`),
        Environment: { Variables: { SERVICE: id, STAGE: 'test', ...environment } },
        MemorySize: 128,
        Timeout: 20,
      },
      Metadata: { 'aws:asset:path': `asset.${id}` },
    },
    [`${id}HttpPermission`]: permission('Http'),
    [`${id}SocketPermission`]: permission('Socket'),
  };
}

function api(id: string, protocol: string, stage: Properties, more: Properties): Resources {
  return {
    [id]: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: protocol, ...more } },
    [`${id}Stage`]: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref(id), ...stage } },
  };
}

/** Both APIs, without a route. `stage` holds throttles, `more` CORS. */
export const httpApi = (stage: Properties = {}, more: Properties = {}) =>
  api('Http', 'HTTP', { StageName: '$default', ...stage }, more);
export const socketApi = (stage: Properties = {}) =>
  api('Socket', 'WEBSOCKET', { StageName: 'live', ...stage }, { RouteSelectionExpression: '$request.body.action' });

/** A route and its integration. Replies go back to a socket unless `twoWay` is false. */
export function route(
  apiId: 'Http' | 'Socket',
  routeKey: string,
  target: string,
  { authorizer, twoWay = !/connect$/.test(routeKey) }: { authorizer?: string; twoWay?: boolean } = {},
): Resources {
  const id = `${apiId}Route${Buffer.from(routeKey).toString('hex')}`;
  const guard = authorizer
    ? { AuthorizationType: 'CUSTOM', AuthorizerId: ref(authorizer) }
    : { AuthorizationType: 'NONE' };
  const reply = apiId === 'Socket' && twoWay;
  return {
    [`${id}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref(apiId),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: apiId === 'Http' ? arnOf(target) : invocation(target),
        ...(apiId === 'Http' ? { PayloadFormatVersion: '2.0' } : {}),
      },
    },
    [id]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref(apiId),
        RouteKey: routeKey,
        Target: { 'Fn::Join': ['', ['integrations/', ref(`${id}Integration`)]] },
        ...guard,
        ...(reply ? { RouteResponseSelectionExpression: '$default' } : {}),
      },
    },
    ...(reply
      ? {
          [`${id}Reply`]: {
            Type: 'AWS::ApiGatewayV2::RouteResponse',
            Properties: { ApiId: ref(apiId), RouteId: ref(id), RouteResponseKey: '$default' },
          },
        }
      : {}),
  };
}

export function authorizer(apiId: 'Http' | 'Socket', id: string, target: string, source: string): Resources {
  const http = {
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerResultTtlInSeconds: 300,
    EnableSimpleResponses: true,
  };
  return {
    [id]: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref(apiId),
        AuthorizerType: 'REQUEST',
        AuthorizerUri: invocation(target),
        IdentitySource: [source],
        Name: id,
        ...(apiId === 'Http' ? http : {}),
      },
    },
  };
}

export const table: Resources = {
  Items: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
};

export const queue = (id: string): Resources => ({ [id]: { Type: 'AWS::SQS::Queue', Properties: {} } });

export interface TestCloud extends Cloud {
  readonly clock: ReturnType<typeof movableClock>;
}

const open: Cloud[] = [];

/** For each file's `afterEach`: a hook here would be that of the worker's first file alone, as modules are shared. */
export async function closeClouds(): Promise<void> {
  await Promise.all(open.splice(0).map((cloud) => cloud.close()));
}

interface Stack {
  readonly Resources: Resources;
  readonly Outputs?: Record<string, { Value: unknown; Export: { Name: string } }>;
}

/** Writes templates as the stacks of a synthesized app, and gives back the folder. */
export function synthesizedStacks(stacks: Record<string, Stack>): string {
  const folder = mkdtempSync(join(tmpdir(), 'moim-cloud-'));
  const artifacts = Object.entries(stacks).map(([name, stack]) => {
    const templateFile = `${name}.template.json`;
    writeFileSync(join(folder, templateFile), JSON.stringify(stack));
    return [name, { type: 'aws:cloudformation:stack', properties: { templateFile } }];
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: Object.fromEntries(artifacts) }));
  return folder;
}

/** Writes a template as the one stack of a synthesized app, and gives back the folder. */
export const synthesized = (resources: Resources) => synthesizedStacks({ test: { Resources: resources } });

/** Starts a cloud on a template; `closeClouds` closes it after the test. */
export async function cloudOf(
  resources: Resources,
  handlers: Record<string, Handler>,
  options: Partial<CloudOptions> & { now?: number } = {},
): Promise<TestCloud> {
  const clock = movableClock(options.now ?? start);
  const cloud = await startCloud({
    template: synthesized({ ...httpApi(), ...socketApi(), ...resources }),
    clock,
    listen: 'random',
    inProcess: true,
    load: async (id) => {
      const handler = handlers[id];
      if (!handler) throw new Error(`the test has no handler ${id}`);
      const on = (platform: Platform) => async (event: unknown) => handler(event as never, platform);
      return Object.assign(on({} as Platform), { on });
    },
    ...options,
  });
  open.push(cloud);
  return Object.assign(cloud, { clock });
}

/** Closes a cloud before its test ends. */
export async function stop(cloud: Cloud): Promise<void> {
  open.splice(open.indexOf(cloud), 1);
  await cloud.close();
}
