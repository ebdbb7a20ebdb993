import { type Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Gives the reason why rules of cdk-nag do not apply to a construct: rule id -> reason. */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
}

/** A value in the form that cdk-nag uses in the ids of its findings: `<SocketApi>/live/*`. */
function flatten(stack: Stack, value: unknown): string {
  const write = (node: unknown): string => {
    if (typeof node === 'string') return node;
    const [name, argument] = Object.entries(node as Record<string, never>)[0] as [string, never];
    if (name === 'Fn::Join') return (argument[1] as unknown[]).map(write).join(argument[0]);
    if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
    return name === 'Ref' ? `<${argument}>` : write(argument);
  };
  return write(stack.resolve(value));
}

/** Gives the reason why the resources with a star in a role are as narrow as possible. */
export function acknowledgeStars(stack: Stack, role: IConstruct, resources: readonly string[], reason: string): void {
  for (const resource of resources) {
    acknowledge(role, { [`AwsSolutions-IAM5[Resource::${flatten(stack, resource)}]`]: reason });
  }
}
