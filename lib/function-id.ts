import { type Feature, type Trigger, triggersOf } from '../shared/core/contract.ts';

/** The name of the function of one trigger of a feature: `sessions-http-authorizer`. */
export const functionId = (feature: Feature, trigger: Trigger) =>
  `${feature.name}-${trigger.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export interface FunctionName {
  readonly id: string;
  readonly feature: Feature;
  readonly trigger: Trigger;
}

/** Every function of the product, in the order of the list of features. */
export const functionsOf = (features: readonly Feature[]): FunctionName[] =>
  features.flatMap((feature) =>
    triggersOf(feature).map((trigger) => ({ id: functionId(feature, trigger), feature, trigger })),
  );

/** `certifications-http` and `markRead` as parts of a logical id: `CertificationsHttp`, `MarkRead`. */
export const logicalId = (...parts: string[]) =>
  parts
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
