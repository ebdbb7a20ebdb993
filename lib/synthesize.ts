import { App, type Stack } from 'aws-cdk-lib/core';
import { features as allFeatures } from '../functions/features.ts';
import type { Feature } from '../shared/core/contract.ts';
import { serviceStack } from './service-stack.ts';
import { type Stage, type StageName, stages } from './stages.ts';
import { stateStack } from './state-stack.ts';

export interface SynthesisOptions {
  /** Else what `cdk -c stage=...` or `STAGE` says, else `dev`. */
  readonly stage?: StageName;
  /** Where the templates go; `cdk.out` unless said. */
  readonly outdir?: string;
  /** The folder that holds a folder per function with its `index.js`; `.build/functions` unless said. */
  readonly assets?: string;
  /** Origins that browsers may call from besides those of the stage: a laptop's ports. */
  readonly origins?: readonly string[];
  /** The features to deploy; the product's unless said. */
  readonly features?: readonly Feature[];
}

export interface Stacks {
  readonly app: App;
  readonly state: Stack;
  readonly service: Stack;
}

/** Makes the stacks of a stage. Nothing is written yet. */
export function stacksOf(options: SynthesisOptions = {}): Stacks {
  const { outdir = 'cdk.out', assets = '.build/functions', origins = [] } = options;
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    // Costs a second or two a synthesis; whoever wants it holds the app to all rules (`rules.ts`).
    builtinCloudFormationValidation: false,
    // Whoever runs a template finds the bundle of a function by its metadata.
    context: { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:enable-asset-metadata': true },
  });
  const asked: string = options.stage ?? app.node.tryGetContext('stage') ?? process.env.STAGE ?? 'dev';
  if (!(asked in stages)) throw new Error(`"${asked}" is no stage; there are ${Object.keys(stages).join(' and ')}`);
  const values = stages[asked as StageName];
  const stage: Stage = { ...values, origins: [...values.origins, ...origins] };
  const state = stateStack(app, stage);
  const service = serviceStack(app, stage, options.features ?? allFeatures, assets);
  service.addStackDependency(state);
  return { app, state, service };
}

/** A CloudFormation template, as far as all agree on it. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** Writes the two templates of a stage and returns them. Takes no account and no network. */
export function synthesize(options: SynthesisOptions = {}): { state: Template; service: Template } {
  const { app, state, service } = stacksOf(options);
  const assembly = app.synth();
  const template = (stack: Stack): Template => assembly.getStackByName(stack.stackName).template;
  return { state: template(state), service: template(service) };
}
