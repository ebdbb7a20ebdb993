/**
 * A cache of parsed expressions. dynalite's parsers would take most of a request's time, while programs send the same
 * few texts again and again with other values.
 */

import validators from 'dynalite/validations/index.js';
import type { AttributeValue } from './types.ts';

type Validate = typeof validators.validateExpressions;

/** The expressions of a request in the order of validation, with the place where the validators put the parsed form. */
const expressions = {
  UpdateExpression: '_updates',
  ConditionExpression: '_condition',
  KeyConditionExpression: '_keyCondition',
  FilterExpression: '_filter',
  ProjectionExpression: '_projection',
};
const [texts, places] = [Object.keys(expressions), Object.values(expressions)];

/** For these operands the parsers look at the value, for all others only at its type. */
const dependsOnValues = /between|attribute_type/i;

/** The maximum number of cached texts. A client that writes ids into its expressions creates new texts without end. */
const MOST = 1000;

/** Stands for a value of the request in a cached expression. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Like `validate`, but parses requests with the same texts, names and types of values only once. Errors are not cached.
 */
export function parsingOnce(validate: Validate): Validate {
  const known = new Map<string, object>();
  return (data) => {
    const request = data as Record<string, unknown>;
    const values = (request.ExpressionAttributeValues ?? {}) as Record<string, AttributeValue>;
    const key = keyOf(request, values);
    const kept = known.get(key);
    // The check also converts numbers to plain notation.
    if (kept && !Object.values(values).some(validators.validateAttributeValue)) {
      Object.assign(
        request,
        copy(kept, (part) => (part instanceof Placeholder ? values[part.name] : undefined)),
      );
      return undefined;
    }
    const message = validate(request);
    if (message !== undefined || dependsOnValues.test(key)) return message;
    // Values come from JSON, so no two of them are the same object.
    const placeholders = new Map<object, Placeholder>();
    for (const name in values) placeholders.set(values[name]!, new Placeholder(name));
    const parsed = Object.fromEntries(places.flatMap((place) => (request[place] ? [[place, request[place]]] : [])));
    if (known.size >= MOST) known.clear();
    known.set(
      key,
      copy(parsed, (part) => placeholders.get(part)),
    );
    return undefined;
  };
}

function keyOf(request: Record<string, unknown>, values: Record<string, AttributeValue | null>): string {
  const types = Object.entries(values).map(([name, value]) => [name, ...Object.keys(value ?? {})]);
  return JSON.stringify([texts.map((text) => request[text]), request.ExpressionAttributeNames, types]);
}

/** A copy whose parts may be changed. `instead` may give replacements for parts. */
function copy<T>(part: T, instead: (part: object) => object | undefined): T {
  if (typeof part !== 'object' || part === null) return part;
  const other = instead(part);
  if (other) return other as T;
  if (Array.isArray(part)) return part.map((each) => copy(each, instead)) as T;
  // Some objects have no prototype, so that the name of an attribute cannot be found there.
  const result = Object.create(Object.getPrototypeOf(part));
  for (const name in part) result[name] = copy(part[name], instead);
  return result;
}
