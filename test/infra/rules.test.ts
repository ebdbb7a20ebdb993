import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { features } from '../../functions/features.ts';
import { logicalId } from '../../lib/function-id.ts';
import { holdToRules } from '../../lib/rules.ts';
import { stacksOf } from '../../lib/synthesize.ts';
import type { Feature } from '../../shared/core/contract.ts';
import { fixture, stubAssets } from './fixture.ts';
import { templatesOf } from './templates.ts';

const stacks = (list: readonly Feature[]) =>
  stacksOf({
    stage: 'prod',
    features: list,
    assets: stubAssets(list),
    outdir: mkdtempSync(join(tmpdir(), 'moim-cdk-')),
  });

test("the product keeps cdk-nag's rules and CloudFormation's schemas", () => {
  const { app } = stacks(features);
  holdToRules(app);

  expect(() => app.synth()).not.toThrow();
});

test('something insecure does not get through', () => {
  const { app, state } = stacks([]);
  new Bucket(state, 'Careless');
  holdToRules(app);

  expect(() => app.synth()).toThrow(/moim-prod-state.Careless.*\n.*'AwsSolutions::AwsSolutions-S10'/);
});

test('whatever rule is set aside, the reason is said', () => {
  const { app } = stacks(fixture);
  const reasons = new Map<string, string>();
  const walk = (construct: IConstruct) => {
    for (const { type, data } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      for (const [id, reason] of Object.entries(data)) reasons.set(`${construct.node.path} ${id}`, String(reason));
    }
    construct.node.children.forEach(walk);
  };

  walk(app);

  expect(reasons.size).toBeGreaterThan(5);
  expect([...reasons].filter(([, reason]) => reason.split(' ').length < 5)).toEqual([]);
});

test('the service stack stays under 450 of the 500 resources that CloudFormation takes', () => {
  const { service } = templatesOf(features, 'prod');
  const ids = Object.keys(service.Resources);
  const costs = features.map((feature) => {
    const actions = Object.values(feature.actions).map(({ name }) => `Socket${logicalId(name)}(Reply)?$`);
    const own = new RegExp(`^(${[`(Http|Job|Stream)?${logicalId(feature.name)}[A-Z]`, ...actions].join('|')})`);
    return `${feature.name} ${ids.filter((id) => own.test(id)).length}`;
  });

  process.stdout.write(`resources: ${ids.length} in the service stack of prod; ${costs.join(', ')}\n`);

  expect(ids.length).toBeLessThan(450);
});
