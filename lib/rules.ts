import { type App, CloudFormationValidatePlugin, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';

/** One for the process: creating its engine takes seconds, judging an app much less. */
let schemas: IPolicyValidationPlugin | undefined;

/**
 * Checks an app against cdk-nag's AwsSolutions rules and CloudFormation's own schemas. Synthesis fails if a rule is
 * broken without a reason.
 */
export function holdToRules(app: App): void {
  // The library's types were not written for exactOptionalPropertyTypes.
  schemas ??= new CloudFormationValidatePlugin() as IPolicyValidationPlugin;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), schemas);
}
