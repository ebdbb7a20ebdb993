import { type App, Stack } from 'aws-cdk-lib/core';
import type { Area } from '../shared/core/contract.ts';
import { canary } from './canary.ts';
import { imported } from './exports.ts';
import { featureFunction } from './feature-function.ts';
import type { FunctionName } from './function-id.ts';
import { httpRoutes } from './http-api.ts';
import type { Place } from './place.ts';
import { schedules } from './schedules.ts';
import { socketRoutes } from './socket-api.ts';
import type { Stage } from './stages.ts';
import { streams } from './streams.ts';

/** The functions of the features of one area, and all that hangs on them: routes, schedules, stream sources, alarms. */
export function areaStack(app: App, stage: Stage, area: Area, names: readonly FunctionName[], assets: string): Stack {
  const stack = new Stack(app, `moim-${stage.name}-${area}`, { description: `moim: the features about ${area}` });
  const place: Place = { stack, stage, home: area, shared: (value) => imported(stage, value) };
  const functions = names.map((name) => featureFunction(place, name, assets));
  httpRoutes(place, functions);
  socketRoutes(place, functions);
  schedules(place, functions);
  streams(place, functions);
  canary(place, functions);
  return stack;
}
