import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { logicalId } from './function-id.ts';
import type { FeatureFunction, Service } from './service.ts';

/** Lets an API call a function: one permission for all its routes. */
export function allowApi({ stack }: Service, { id, target }: FeatureFunction, api: CfnApi): void {
  new CfnPermission(stack, `${logicalId(id)}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: target,
    principal: 'apigateway.amazonaws.com',
    sourceArn: stack.formatArn({ service: 'execute-api', resource: api.ref, resourceName: '*' }),
  });
}

/** The address under which API Gateway invokes a function. */
export const invocationUri = ({ stack }: Service, { target }: FeatureFunction) =>
  `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${target}/invocations`;
