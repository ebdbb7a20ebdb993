import { type Feature, type PlacedFeature, type Trigger, triggersOf } from '../shared/core/contract.ts';
import { lanesOf } from '../shared/core/lanes.ts';
import type { Stage } from './stages.ts';

/** The id of the function of one trigger of a feature: `sessions-http-authorizer`. */
export const functionId = (feature: Feature, trigger: Trigger) =>
  `${feature.name}-${trigger.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The alias of a function that answers HTTP. Callers invoke the alias. */
export const liveAlias = 'live';

export interface FunctionName {
  readonly id: string;
  readonly feature: PlacedFeature;
  readonly trigger: Trigger;
}

/** Every function of the product, in the order of the list of features; then those that run the features' consumers. */
export const functionsOf = (features: readonly PlacedFeature[]): FunctionName[] =>
  [
    ...features.flatMap((feature) => triggersOf(feature).map((trigger) => ({ feature, trigger }))),
    ...lanesOf(features),
  ].map(({ feature, trigger }) => ({ id: functionId(feature, trigger), feature, trigger }));

/** The name of a function on AWS. */
export const functionName = (stage: Stage, id: string) => `moim-${stage.name}-${id}`;

/** The stacks that contain functions. */
export type Home = 'service' | (string & {});

/**
 * Triggers whose function serves all features. It is in the stack of its caller, and so deployed before everything that
 * relies on it.
 */
const forAll: ReadonlySet<Trigger> = new Set(['httpAuthorizer', 'socketAuthorizer', 'mailFeedback']);
/** The stack of a function: that of its feature's area, or of the part of the area that the contract names. */
export function homeOf({ feature: { area, part }, trigger }: FunctionName): Home {
  if (forAll.has(trigger)) return 'service';
  return part === undefined ? area : `${area}-${part}`;
}

/** `certifications-http` and `markRead` as parts of a logical id: `CertificationsHttp`, `MarkRead`. */
export const logicalId = (...parts: string[]) =>
  parts
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
