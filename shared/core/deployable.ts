import type { Context } from 'aws-lambda';
import type { Platform } from './platform.ts';

/** A Lambda handler in promise form. */
export type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** The exports of a feature's `handler.ts`: a Lambda handler that can also run on another platform. */
export interface Deployable<Event, Result> extends Handler<Event, Result> {
  /** A fresh instance with its own clients and caches: the equivalent of a cold start on AWS. */
  on(platform: Platform): Handler<Event, Result>;
}

/**
 * Makes a Lambda handler from a builder. On AWS the builder runs once, at the first event, for the process itself. The
 * local cloud calls `on` with the platform of each function.
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
