import { type App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { dashboard } from './dashboard.ts';
import { imported } from './exports.ts';
import type { FunctionName } from './function-id.ts';
import { httpStage } from './http-api.ts';
import { type Place, socketStageName } from './place.ts';
import { socketStage } from './socket-api.ts';
import type { Stage } from './stages.ts';

/** Opens the APIs after all their routes exist, and monitors them. */
export function frontStack(app: App, stage: Stage, names: readonly FunctionName[]): Stack {
  const stack = new Stack(app, `moim-${stage.name}-front`, { description: 'moim: what opens the APIs' });
  const place: Place = { stack, stage, home: 'front', shared: (value) => imported(stage, value) };
  httpStage(place);
  socketStage(place);
  dashboard(place, names);
  const host = (api: 'HttpApiId' | 'SocketApiId') =>
    `${imported(stage, api)}.execute-api.${stack.region}.${stack.urlSuffix}`;
  new CfnOutput(stack, 'ApiUrl', { value: `https://${host('HttpApiId')}` });
  new CfnOutput(stack, 'SocketUrl', { value: `wss://${host('SocketApiId')}/${socketStageName}` });
  return stack;
}
