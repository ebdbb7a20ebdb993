import { type App, Stack } from 'aws-cdk-lib/core';
import { canary } from './canary.ts';
import { imported } from './exports.ts';
import { featureFunction } from './feature-function.ts';
import type { FunctionName, Home } from './function-id.ts';
import { httpRoutes } from './http-api.ts';
import type { Place } from './place.ts';
import { schedules } from './schedules.ts';
import { socketRoutes } from './socket-api.ts';
import type { Stage } from './stages.ts';
import { streams } from './streams.ts';

/**
 * The functions of the features of one area, or of a part of it, with everything that belongs to them: routes,
 * schedules, stream sources with their alarms, canaries.
 */
export function areaStack(app: App, stage: Stage, home: Home, names: readonly FunctionName[], assets: string): Stack {
  const stack = new Stack(app, `moim-${stage.name}-${home}`, { description: `moim: the features of ${home}` });
  const place: Place = { stack, stage, home, shared: (value) => imported(stage, value) };
  const functions = names.map((name) => featureFunction(place, name, assets));
  httpRoutes(place, functions);
  socketRoutes(place, functions);
  schedules(place, functions);
  streams(place, functions);
  canary(place, functions);
  return stack;
}
