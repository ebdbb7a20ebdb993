import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { features } from '../../functions/features.ts';
import { holdToRules } from '../../lib/rules.ts';
import { stacksOf } from '../../lib/synthesize.ts';
import type { PlacedFeature } from '../../shared/core/contract.ts';
import { fixture, stubAssets } from './fixture.ts';

const stacks = (list: readonly PlacedFeature[]) =>
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
  const {
    app,
    stacks: { state },
  } = stacks([]);
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
