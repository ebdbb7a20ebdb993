import { type App, CloudFormationValidatePlugin, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';

/** One for the process: to begin, its engine takes seconds, to judge an app far less. */
let schemas: IPolicyValidationPlugin | undefined;

/**
 * Holds an app to cdk-nag's AwsSolutions rules and to CloudFormation's own schemas: its synthesis fails if a rule is
 * broken without a reason.
 */
export function holdToRules(app: App): void {
  // The library's types do not know exactOptionalPropertyTypes.
  schemas ??= new CloudFormationValidatePlugin() as IPolicyValidationPlugin;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), schemas);
}
