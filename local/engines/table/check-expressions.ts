/** Limits of expressions that dynalite's validators leave out. Each function gives back what is wrong, like the validators. */

import { limits } from './limits.ts';
import { textSize, valueSize } from './sizes.ts';
import type {
  AttributeValue,
  ConditionNode,
  Operand,
  ParsedCondition,
  ParsedProjection,
  ParsedUpdate,
} from './types.ts';

/** A request or a member of one, before or after its expressions were parsed. */
export interface Expressions {
  ConditionExpression?: string;
  FilterExpression?: string;
  KeyConditionExpression?: string;
  ProjectionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  _condition?: ParsedCondition;
  _filter?: ParsedCondition;
  _keyCondition?: ParsedCondition;
  _projection?: ParsedProjection;
  _updates?: ParsedUpdate;
}

const texts = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const;

/**
 * Not a limit of AWS: dynalite's parser takes ten times longer for each further level of brackets, a second for six and
 * five minutes for ten. moim's conditions have four.
 */
const deepestBrackets = 6;

function bracketsOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '(') deepest = Math.max(deepest, ++depth);
    else if (character === ')') depth--;
  }
  return deepest;
}

/** What is too long before anything is parsed: an expression, or the name of a placeholder. */
export function tooLong(request: Expressions): string | undefined {
  for (const parameter of ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const) {
    for (const key in request[parameter]) {
      if (textSize(key) > limits.placeholderBytes.most) {
        return `${parameter} contains invalid key: The expression attribute map contains a key that is too long; size of key: ${textSize(key)}`;
      }
    }
  }
  for (const parameter of texts) {
    const text = request[parameter] ?? '';
    const size = textSize(text);
    if (size > limits.expressionBytes.most) {
      return `Invalid ${parameter}: Expression size has exceeded the maximum allowed size; expression size: ${size}`;
    }
    if (bracketsOf(text) > deepestBrackets) {
      return `Invalid ${parameter}: The table engine cannot parse brackets in more than ${deepestBrackets} levels in a reasonable time`;
    }
  }
  return undefined;
}

/** What is too large in the names and values that an expression stands for. The numbers are in plain notation. */
export function tooMuchToSubstitute(request: Expressions): string | undefined {
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
  let size = 0;
  for (const key in names) size += textSize(key) + textSize(names[key]!);
  for (const key in values) size += textSize(key) + valueSize(values[key]!);
  if (size <= limits.substitutionBytes.most) return undefined;
  return 'Combined size of ExpressionAttributeNames and ExpressionAttributeValues exceeds max size';
}

/** What is too complex in the parsed expressions: operators, operands of IN, levels of a path. */
export function tooComplex(request: Expressions): string | undefined {
  const updates = request._updates?.sections.map(({ path, val }) => [path, ...(val === undefined ? [] : [val])]) ?? [];
  const parsed: [string, readonly Operand[]][] = [
    ['UpdateExpression', updates.flat() as Operand[]],
    ['ConditionExpression', request._condition ? [request._condition.expression] : []],
    ['KeyConditionExpression', request._keyCondition ? [request._keyCondition.expression] : []],
    ['FilterExpression', request._filter ? [request._filter.expression] : []],
    ['ProjectionExpression', request._projection?.paths ?? []],
  ];
  for (const [parameter, operands] of parsed) {
    const found = complaint(operands);
    if (found !== undefined) return `Invalid ${parameter}: ${found}`;
  }
  return undefined;
}

function complaint(operands: readonly Operand[]): string | undefined {
  let operators = 0;
  const left = [...operands];
  for (let operand = left.pop(); operand !== undefined; operand = left.pop()) {
    if (Array.isArray(operand)) {
      if (operand.length > limits.pathLevels.most) {
        return `The document path has too many nesting levels; nesting levels: ${operand.length}`;
      }
      continue;
    }
    const { type, args } = operand as Partial<ConditionNode>;
    // A literal value has neither.
    if (type === undefined || args === undefined) continue;
    operators++;
    if (type === 'in' && args.length - 1 > limits.inOperands.most) {
      return `The IN operator is provided with too many operands; number of operands: ${args.length - 1}`;
    }
    left.push(...args.filter((arg) => arg !== undefined));
  }
  if (operators <= limits.expressionOperators.most) return undefined;
  return `The expression contains too many operators; operator count: ${limits.expressionOperators.most + 1}`;
}
