/** Which stack holds what, what goes from one to the other, and that none of them fills up. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { features } from '../../functions/features.ts';
import { functionsOf, homeOf } from '../../lib/function-id.ts';
import { stacksOf, type Template } from '../../lib/synthesize.ts';
import { fixture, stubAssets } from './fixture.ts';
import { allOf, functionsIn, templatesOf } from './templates.ts';

const { stacks } = templatesOf(features, 'prod');
const entries: [name: string, template: Template][] = Object.entries(stacks);

const exportsOf = ({ Outputs }: Template) => Object.values(Outputs ?? {}).flatMap(({ Export }) => Export?.Name ?? []);
const importsOf = (template: Template) => [
  ...new Set([...JSON.stringify(template).matchAll(/\{"Fn::ImportValue":"([^"]+)"\}/g)].map(([, name]) => name!)),
];

/** CloudFormation takes 500. At 300 an area still has time to be parted, before a feature does not fit. */
const most = 300;

test('each stack has at most 300 of the 500 resources that CloudFormation takes', () => {
  const counts = entries.map(([name, { Resources }]) => [name, Object.keys(Resources).length] as const);

  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const each = counts.map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`resources of prod, of ${most} a stack: ${each.join(', ')}; ${total} in all\n`);

  expect(total).toBeGreaterThan(400);
  expect(counts.filter(([, count]) => count > most)).toEqual([]);
});

test('each template has at most half of the megabyte that CloudFormation takes', () => {
  const large = entries.filter(([, template]) => JSON.stringify(template, undefined, 1).length > 500_000);

  expect(large).toEqual([]);
});

test("a function stands in the stack of its feature's area, and what guards or hears for all features in the service stack", () => {
  const found = entries.flatMap(([name, template]) => [...functionsIn(template).keys()].map((id) => `${name}: ${id}`));
  const expected = functionsOf(features).map((name) => `${homeOf(name)}: ${name.id}`);

  expect(found.sort()).toEqual(expected.sort());
  expect([...functionsIn(stacks.service).keys()].sort()).toEqual([
    'connections-socket-authorizer',
    'mail-mail-feedback',
    'sessions-http-authorizer',
  ]);
});

test('a feature that names a part of its area stands in a stack of that part, with all that hangs on its functions', () => {
  const [guards, walks] = fixture;
  const { stacks: parted } = templatesOf([guards!, { ...walks!, part: 'walks' }], 'prod');
  const { stacks: whole } = templatesOf(fixture, 'prod');
  const named = (template: Template) => [...functionsIn(template).keys()].sort();
  const idsIn = (template: Template) => Object.keys(template.Resources).length;

  expect(Object.keys(parted)).toEqual(['state', 'service', 'accounts', 'activity-walks', 'operations', 'front']);
  expect(named(parted['activity-walks']!)).toEqual(named(whole.activity!));
  expect(idsIn(parted['activity-walks']!)).toBe(idsIn(whole.activity!));
});

test('all that hangs on a function stands with it, so that a feature is deployed or taken back as one', () => {
  for (const [, template] of entries.filter(([name]) => !['state', 'service', 'front'].includes(name))) {
    const text = JSON.stringify(template);
    const logs = allOf(template, 'AWS::Logs::LogGroup');
    const roles = allOf(template, 'AWS::IAM::Role').filter(({ id }) => !/(Scheduler|Canary)Role/.test(id));
    const functions = functionsIn(template).size;

    expect([logs.length, roles.length]).toEqual([functions, functions]);
    // What would be known of another stack but by its exports.
    expect(text).not.toContain('"AWS::ApiGatewayV2::Api"');
    expect(text).not.toContain(':function:moim-');
  }
});

test('a stack imports from the state and the service only', () => {
  const { state, service, front, ...areas } = stacks;
  const shared = new Set([...exportsOf(state), ...exportsOf(service)]);

  expect(importsOf(state)).toEqual([]);
  expect(importsOf(service).filter((name) => !exportsOf(state).includes(name))).toEqual([]);
  for (const template of [...Object.values(areas), front]) {
    const names = importsOf(template);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !shared.has(name))).toEqual([]);
    expect(exportsOf(template)).toEqual([]);
  }
});

test('none can be deployed before what it relies on', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'moim-cdk-'));
  const { stacks: made } = stacksOf({ stage: 'prod', features: fixture, assets: stubAssets(fixture), outdir });
  const before = Object.entries(made).map(([name, { dependencies }]) => [
    name,
    dependencies.map(({ stackName }) => stackName.replace('moim-prod-', '')),
  ]);

  expect(Object.fromEntries(before)).toEqual({
    state: [],
    service: ['state'],
    accounts: ['service'],
    activity: ['service'],
    // Where the consumers of all features run.
    operations: ['service'],
    front: ['service', 'accounts', 'activity', 'operations'],
  });
});

test('an export cannot change while it is imported: they are few, and the same in every stage', () => {
  const names = (stage: 'dev' | 'prod') => exportsOf(templatesOf(features, stage).stacks.service).sort();

  expect(names('prod')).toEqual([
    'moim-prod-AlarmsArn',
    'moim-prod-DistributionDomain',
    'moim-prod-FailedChangesArn',
    'moim-prod-FailedChangesUrl',
    'moim-prod-FailedJobsArn',
    'moim-prod-HeavyArn',
    'moim-prod-HeavyUrl',
    'moim-prod-HttpApiId',
    'moim-prod-HttpAuthorizerId',
    'moim-prod-ParkedArn',
    'moim-prod-ParkedUrl',
    'moim-prod-SocketApiId',
    'moim-prod-SocketAuthorizerId',
  ]);
  expect(names('dev')).toEqual(names('prod').map((name) => name.replace('prod', 'dev')));
});

test('what is exported is named by ids that stay', () => {
  const { Outputs } = stacks.service;
  const refs = Object.fromEntries(
    Object.entries(Outputs ?? {}).map(([name, { Value }]) => [name, JSON.stringify(Value)]),
  );

  expect(refs).toEqual({
    AlarmsArn: '{"Ref":"Alarms04B5A0BF"}',
    FailedChangesArn: '{"Fn::GetAtt":["FailedChanges35E73F84","Arn"]}',
    FailedChangesUrl: '{"Ref":"FailedChanges35E73F84"}',
    ParkedArn: '{"Fn::GetAtt":["Parked6D7C062F","Arn"]}',
    ParkedUrl: '{"Ref":"Parked6D7C062F"}',
    FailedJobsArn: '{"Fn::GetAtt":["FailedJobs5900FD3C","Arn"]}',
    HeavyArn: '{"Fn::GetAtt":["Heavy92705AE0","Arn"]}',
    HeavyUrl: '{"Ref":"Heavy92705AE0"}',
    HttpApiId: '{"Ref":"HttpApi"}',
    HttpAuthorizerId: '{"Ref":"HttpAuthorizer"}',
    SocketApiId: '{"Ref":"SocketApi"}',
    DistributionDomain: '{"Fn::GetAtt":["Distribution","DomainName"]}',
    SocketAuthorizerId: '{"Ref":"SocketAuthorizer"}',
  });
});

test('a logical id stands in one stack only: the local cloud reads them together', () => {
  for (const { stacks: each } of [templatesOf(features, 'prod'), templatesOf(fixture, 'prod')]) {
    const ids = Object.values(each as Record<string, Template>).flatMap(({ Resources }) => Object.keys(Resources));

    expect(new Set(ids).size).toBe(ids.length);
  }
});

describe('the APIs are opened by the last stack', () => {
  const stages = (template: Template) => allOf(template, 'AWS::ApiGatewayV2::Stage').map(({ id }) => id);

  test('which waits for all routes', () => {
    expect(stages(stacks.front)).toEqual(['HttpStage', 'SocketStage']);
    expect(entries.filter(([name, template]) => name !== 'front' && stages(template).length > 0)).toEqual([]);
    expect(entries.at(-1)?.[0]).toBe('front');
  });
});
