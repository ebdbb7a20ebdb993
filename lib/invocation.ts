import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Place } from './place.ts';

/** Lets an API call a function: one permission for all its routes. */
export function allowApi({ stack }: Place, { id, target }: FeatureFunction, apiId: string): void {
  new CfnPermission(stack, `${logicalId(id)}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: target,
    principal: 'apigateway.amazonaws.com',
    sourceArn: stack.formatArn({ service: 'execute-api', resource: apiId, resourceName: '*' }),
  });
}

/** The address that API Gateway uses to invoke a function. */
export const invocationUri = ({ stack }: Place, { target }: FeatureFunction) =>
  `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
