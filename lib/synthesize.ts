import { App, type Stack } from 'aws-cdk-lib/core';
import { features as allFeatures } from '../functions/features.ts';
import type { PlacedFeature } from '../shared/core/contract.ts';
import { areaStack } from './area-stack.ts';
import { firewallStack } from './firewall.ts';
import { frontStack } from './front-stack.ts';
import { functionsOf, homeOf } from './function-id.ts';
import { serviceStack } from './service-stack.ts';
import { type Stage, type StageName, stages } from './stages.ts';
import { stateStack } from './state-stack.ts';

export interface SynthesisOptions {
  /** Unless given: the value of `cdk -c stage=...` or `STAGE`, or `dev`. */
  readonly stage?: StageName;
  /** The folder for the templates; `cdk.out` unless given. */
  readonly outdir?: string;
  /** The folder with one folder for each function, each with its `index.js`; `.build/functions` unless given. */
  readonly assets?: string;
  /** Origins that browsers may call from, before those of the stage: the ports of a laptop. Links in mails lead to the first. */
  readonly origins?: readonly string[];
  /** A web ACL before the distribution; that of the stage unless given. */
  readonly firewall?: Stage['firewall'];
  /** The features to deploy; those of the product unless given. */
  readonly features?: readonly PlacedFeature[];
}

/** One value for each stack of a stage, in the order of deployment. */
export type PerStack<T> = Readonly<Record<'state' | 'service' | 'front', T> & Record<string, T>>;

/** Makes the stacks of a stage. Nothing is written yet. */
export function stacksOf(options: SynthesisOptions = {}): { readonly app: App; readonly stacks: PerStack<Stack> } {
  const { outdir = 'cdk.out', assets = '.build/functions', origins = [] } = options;
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    // It takes a second or two for each synthesis. Call `holdToRules` (`rules.ts`) to check an app against all rules.
    builtinCloudFormationValidation: false,
    // The local cloud finds the bundle of a function by this metadata.
    context: { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:enable-asset-metadata': true },
  });
  const asked: string = options.stage ?? app.node.tryGetContext('stage') ?? process.env.STAGE ?? 'dev';
  if (!(asked in stages)) throw new Error(`"${asked}" is no stage: use ${Object.keys(stages).join(' or ')}`);
  const values = stages[asked as StageName];
  const { firewall = values.firewall } = options;
  const stage: Stage = {
    ...values,
    origins: [...new Set([...origins, ...values.origins])],
    ...(firewall ? { firewall } : {}),
  };
  const features = options.features ?? allFeatures;
  const state = stateStack(app, stage);
  const service = serviceStack(app, stage, features, assets);
  service.addStackDependency(state);
  const functions = functionsOf(features);
  const areas: Record<string, Stack> = {};
  for (const home of new Set(functions.map(homeOf))) {
    if (home === 'service') continue;
    const names = functions.filter((name) => homeOf(name) === home);
    const stack = areaStack(app, stage, home, names, assets);
    stack.addStackDependency(service);
    areas[home] = stack;
  }
  const front = frontStack(app, stage, functions);
  for (const before of [service, ...Object.values(areas)]) front.addStackDependency(before);
  const guard = stage.firewall ? { firewall: firewallStack(app, stage, stage.firewall) } : {};
  return { app, stacks: { state, service, ...areas, front, ...guard } };
}

/** The parts of a CloudFormation template that all templates have. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** Writes the templates of a stage and returns them. Needs no AWS account and no network. */
export function synthesize(options: SynthesisOptions = {}): PerStack<Template> {
  const { app, stacks } = stacksOf(options);
  const assembly = app.synth();
  const templates = Object.entries(stacks).map(([name, { stackName }]) => [
    name,
    assembly.getStackByName(stackName).template,
  ]);
  return Object.fromEntries(templates) as PerStack<Template>;
}
