import { features } from '../../functions/features.ts';
import { type PlacedFeature, triggersOf } from '../../shared/core/contract.ts';
import { fixture } from './fixture.ts';
import { allOf, functionsIn, onlyOf, type Properties, templatesOf } from './templates.ts';

const kebab = (trigger: string) => trigger.replace(/([A-Z])/g, '-$1').toLowerCase();
const count = (routes: readonly PlacedFeature[], part: 'routes' | 'actions' | 'jobs') =>
  routes.flatMap((feature) => Object.values(feature[part])).length;

/** Held for the features of the product, and for made-up ones that use all that a contract can say. */
describe.each([
  ['the product', features],
  ['features that use everything', fixture],
])('the service of %s', (_, list) => {
  const { service } = templatesOf(list);
  const functions = functionsIn(service);
  const api = (name: string) =>
    allOf(service, 'AWS::ApiGatewayV2::Route').filter(
      ({ properties }) => (properties.ApiId as { Ref: string }).Ref === name,
    );

  /** What the first reference in a value names. */
  const referredTo = (value: unknown) =>
    /"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/.exec(JSON.stringify(value).replaceAll(/\{"Ref":"AWS::\w+"\}/g, ''))?.[1] ?? '';
  const propertiesOf = (id: string) => service.Resources[id]?.Properties as Properties;

  /** The function that a route's requests end up at: through the integration, by its name or the alias if there is one. */
  const answers = (route: Properties) => {
    const uri = propertiesOf(referredTo(route.Target)).IntegrationUri;
    const named = /:function:moim-dev-([\w-]+):live"/.exec(JSON.stringify(uri))?.[1];
    if (named) return named;
    const called = referredTo(uri);
    const isAlias = service.Resources[called]?.Type === 'AWS::Lambda::Alias';
    const target = isAlias ? referredTo(propertiesOf(called).FunctionName) : called;
    return [...functions].find(([, { id }]) => id === target)?.[0];
  };

  const lanes = [...new Set(list.flatMap(({ consumers }) => Object.values(consumers).map(({ lane }) => lane)))];

  test('has one function per feature and trigger, one for each lane and one for what failed there, and no other', () => {
    const ids = [
      ...list.flatMap((feature) => triggersOf(feature).map((trigger) => `${feature.name}-${kebab(trigger)}`)),
      ...lanes.map((lane) => (lane === 'heavy' ? 'heavy-queue' : `${lane}-stream`)),
      'parked-queue',
    ];

    expect([...functions.keys()].sort()).toEqual(ids.sort());
    expect(allOf(service, 'AWS::Lambda::Function')).toHaveLength(ids.length);
  });

  test('has each route of the contracts once, at its feature, guarded as the contract says', () => {
    const expected = list.flatMap((feature) => [
      ...Object.values(feature.routes).map(
        ({ method, path, auth }) => `${method} ${path} ${auth === 'account' ? 'CUSTOM' : 'NONE'} ${feature.name}-http`,
      ),
      ...(feature.answersFor.includes('fallback') ? [`$default NONE ${feature.name}-http`] : []),
    ]);

    const actual = api('HttpApi').map(
      ({ properties }) => `${properties.RouteKey} ${properties.AuthorizationType} ${answers(properties)}`,
    );

    expect(actual.sort()).toEqual(expected.sort());
  });

  test('guards with the authorizer of the same API, and nothing else', () => {
    for (const [name, authorizer] of [
      ['HttpApi', 'HttpAuthorizer'],
      ['SocketApi', 'SocketAuthorizer'],
    ] as const) {
      const guarded = api(name).filter(({ properties }) => properties.AuthorizationType === 'CUSTOM');
      const open = api(name).filter(({ properties }) => properties.AuthorizationType === 'NONE');

      expect(guarded.map(({ properties }) => properties.AuthorizerId)).toEqual(
        guarded.map(() => ({ Ref: authorizer })),
      );
      expect(open.filter(({ properties }) => properties.AuthorizerId !== undefined)).toEqual([]);
    }
  });

  test('has each action of the contracts once, and sends back what its function returns', () => {
    const expected = list.flatMap((feature) => [
      ...Object.values(feature.actions).map(({ name }) => `${name} ${feature.name}-socket`),
      ...(feature.answersFor.includes('lifecycle')
        ? ['$connect', '$disconnect', '$default'].map((key) => `${key} ${feature.name}-socket`)
        : []),
    ]);

    const routes = api('SocketApi');
    const replied = allOf(service, 'AWS::ApiGatewayV2::RouteResponse').map(
      ({ properties }) => (properties.RouteId as { Ref: string }).Ref,
    );

    expect(routes.map(({ properties }) => `${properties.RouteKey} ${answers(properties)}`).sort()).toEqual(
      expected.sort(),
    );
    expect(replied.sort()).toEqual(
      routes
        .filter(({ properties }) => !['$connect', '$disconnect'].includes(String(properties.RouteKey)))
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('asks who opens a socket, and only then', () => {
    const guarded = api('SocketApi').filter(({ properties }) => properties.AuthorizationType === 'CUSTOM');

    expect(guarded.map(({ properties }) => properties.RouteKey)).toEqual(
      list.some(({ answersFor }) => answersFor.includes('lifecycle')) ? ['$connect'] : [],
    );
  });

  test('lets an API call each function that answers for it, once', () => {
    const called = [...functions.keys()].filter((id) => /-(http|socket)(-authorizer)?$/.test(id));

    const byApis = allOf(service, 'AWS::Lambda::Permission').filter(
      ({ properties }) => properties.Principal === 'apigateway.amazonaws.com',
    );

    expect(byApis).toHaveLength(called.length);
  });

  const readers = allOf(service, 'AWS::Lambda::EventSourceMapping').filter(
    ({ properties }) => properties.StartingPosition !== undefined,
  );

  test('has a schedule per job and a stream source per lane', () => {
    expect(allOf(service, 'AWS::Scheduler::Schedule')).toHaveLength(count(list, 'jobs'));
    // Heavy work comes by the background lane and a queue.
    expect(readers).toHaveLength(lanes.filter((lane) => lane !== 'heavy').length);
  });

  test('reads the table stream from two sources at most, since DynamoDB throttles more than two readers of a shard', () => {
    expect(readers.length).toBeLessThanOrEqual(2);
  });

  test('report F04: no route has a throttle of its own, which one caller could use up for everybody', () => {
    const { properties } = allOf(service, 'AWS::ApiGatewayV2::Stage').find(({ id }) => id === 'HttpStage') ?? {};

    expect(properties?.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 4000 });
    expect(properties?.RouteSettings).toBeUndefined();
  });

  test('report F04: every POST that anybody may send names what one place may use up', () => {
    const posts = list
      .flatMap(({ routes }) => Object.entries(routes))
      .filter(([, { method, auth }]) => method === 'POST' && auth === 'none');

    expect(posts.filter(([, { fromPlace }]) => fromPlace === undefined).map(([name]) => name)).toEqual([]);
    expect(posts.length).toBeGreaterThan(0);
  });
});

test('an API is only called by pages of the stage', () => {
  const { service } = templatesOf([], 'prod');
  const http = allOf(service, 'AWS::ApiGatewayV2::Api').find(({ id }) => id === 'HttpApi')?.properties;

  expect(http?.CorsConfiguration).toMatchObject({ AllowOrigins: ['https://moim.example'], AllowCredentials: true });
});

test('a guarded route without a guard does not pass', () => {
  const [, walks] = fixture;

  expect(() => templatesOf([walks as PlacedFeature])).toThrow('is guarded, and no feature answers for httpAuthorizer');
});

test('a function that would outlast whoever waits for it does not pass', () => {
  const [guards] = fixture as readonly [PlacedFeature, PlacedFeature];
  const slow = { ...guards, tuning: { http: { timeout: 26 } } };

  expect(() => templatesOf([slow])).toThrow('guards-http asks for 26 s');
});

test('the account has one log role, which stays for the other stages', () => {
  const { service } = templatesOf([]);

  expect(onlyOf(service, 'AWS::ApiGateway::Account').CloudWatchRoleArn).toBeDefined();
  expect(service.Resources.ApiGatewayAccount).toMatchObject({ DeletionPolicy: 'Retain' });
});
