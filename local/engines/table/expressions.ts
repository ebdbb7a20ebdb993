/**
 * Parsed expressions, kept: dynalite's parsers would take most of a request's time, while programs send the same few
 * texts again and again, only with other values.
 */

import validators from 'dynalite/validations/index.js';
import type { AttributeValue } from './types.ts';

type Validate = typeof validators.validateExpressions;

/** A request's expressions in the order they are looked at, and where the validators put them when parsed. */
const expressions = {
  UpdateExpression: '_updates',
  ConditionExpression: '_condition',
  KeyConditionExpression: '_keyCondition',
  FilterExpression: '_filter',
  ProjectionExpression: '_projection',
};
const [texts, places] = [Object.keys(expressions), Object.values(expressions)];

/** Of these operands the parsers look at the value; of all others only at its type. */
const dependsOnValues = /between|attribute_type/i;

/** A client that writes ids into its expressions makes new ones for ever. */
const MOST = 1000;

/** Stands for a value of the request in an expression that is kept. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Does what `validate` does, parsing only once what has the same texts, names and types of values. Keeps no errors. */
export function parsingOnce(validate: Validate): Validate {
  const known = new Map<string, object>();
  return (data) => {
    const request = data as Record<string, unknown>;
    const values = (request.ExpressionAttributeValues ?? {}) as Record<string, AttributeValue>;
    const key = keyOf(request, values);
    const kept = known.get(key);
    // The check also brings numbers to plain notation.
    if (kept && !Object.values(values).some(validators.validateAttributeValue)) {
      Object.assign(
        request,
        copy(kept, (part) => (part instanceof Placeholder ? values[part.name] : undefined)),
      );
      return undefined;
    }
    const message = validate(request);
    if (message !== undefined || dependsOnValues.test(key)) return message;
    // Values come out of JSON: no two are one object.
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

/** A copy whose parts may be changed, with something else instead of those parts for which `instead` has something. */
function copy<T>(part: T, instead: (part: object) => object | undefined): T {
  if (typeof part !== 'object' || part === null) return part;
  const other = instead(part);
  if (other) return other as T;
  if (Array.isArray(part)) return part.map((each) => copy(each, instead)) as T;
  // Some have no prototype, lest an attribute's name be found there.
  const result = Object.create(Object.getPrototypeOf(part));
  for (const name in part) result[name] = copy(part[name], instead);
  return result;
}
