/** Samples of requests and answers, as `npm run docs:samples` recorded them from the product. */
import type { Json, JsonObject } from './json.ts';

export interface RouteSample {
  /** With the query. */
  readonly path: string;
  readonly body?: Json;
  readonly status: number;
  /** What came back; none where the answer has no body. */
  readonly answer?: Json;
}
export interface ActionSample {
  readonly message: JsonObject;
  readonly reply: JsonObject;
}
/** The contents of `docs/samples.json`. */
export interface Samples {
  /** The ids that stand for the placeholders of paths, by the placeholder. */
  readonly ids: Readonly<Record<string, string>>;
  /** By the name of the route. */
  readonly routes: Readonly<Record<string, RouteSample>>;
  /** A request that was refused. */
  readonly refused?: RouteSample;
  /** By the name of the action. */
  readonly actions: Readonly<Record<string, ActionSample>>;
  /** A message to the socket that names no action. */
  readonly refusedMessage?: ActionSample;
  /** What the server sends by itself, by the name of the event. */
  readonly events: Readonly<Record<string, JsonObject>>;
}
export const noSamples: Samples = { ids: {}, routes: {}, actions: {}, events: {} };
