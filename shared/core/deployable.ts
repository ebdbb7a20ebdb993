import type { Context } from 'aws-lambda';
import type { Platform } from './platform.ts';

/** A Lambda handler in promise form. */
export type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** What a feature's `handler.ts` exports: a Lambda handler that can also be put on another platform. */
export interface Deployable<Event, Result> extends Handler<Event, Result> {
  /** A fresh instance, with clients and caches of its own: what a cold start is on AWS. */
  on(platform: Platform): Handler<Event, Result>;
}

/**
 * Makes a Lambda handler of a builder. On AWS the builder runs once, at the first event, on the process itself;
 * the local cloud calls `on` with the platform it hands to that function.
 */
export function deployable<Event, Result>(
  build: (platform: Platform) => Handler<Event, Result>,
): Deployable<Event, Result> {
  let onLambda: Handler<Event, Result> | undefined;
  const handler: Handler<Event, Result> = (event, context) => {
    onLambda ??= build({
      environment: process.env,
      now: Date.now,
      write: (line) => void process.stdout.write(`${line}\n`),
    });
    return onLambda(event, context);
  };
  return Object.assign(handler, { on: build });
}
