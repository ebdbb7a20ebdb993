/** Evaluation of condition and filter expressions, and checks of their operands that the parser leaves out. */

import { validationError } from './errors.ts';
import { valueAt } from './paths.ts';
import type { AttributeValue, ConditionNode, Item, Operand, ParsedCondition, Path } from './types.ts';
import { compareScalars, hasNumber, typeOf, valuesEqual } from './values.ts';

/** Whether the item meets the condition. An empty item stands for one that does not exist. */
export function meets(item: Item, condition: ParsedCondition | undefined): boolean {
  return !condition || evaluate(item, condition.expression);
}

function evaluate(item: Item, node: ConditionNode): boolean {
  switch (node.type) {
    case 'and':
      return node.args.every((part) => evaluate(item, part as ConditionNode));
    case 'or':
      return node.args.some((part) => evaluate(item, part as ConditionNode));
    case 'not':
      return !evaluate(item, node.args[0] as ConditionNode);
    case 'function':
      return callFunction(item, node);
    default:
      return compare(
        node.type,
        node.args.map((operand) => resolve(item, operand)),
      );
  }
}

function compare(operator: string, [left, ...others]: (AttributeValue | undefined)[]): boolean {
  const [right, upper] = others;
  // A missing attribute is unequal to everything and has no order.
  if (left === undefined) return operator === '<>';
  if (operator === 'in') return others.some((value) => value !== undefined && valuesEqual(left, value));
  if (right === undefined) return operator === '<>';
  if (operator === '=') return valuesEqual(left, right);
  if (operator === '<>') return !valuesEqual(left, right);
  const order = compareScalars(left, right);
  switch (operator) {
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
    case 'between': {
      const toUpper = upper && compareScalars(left, upper);
      return order !== undefined && order >= 0 && toUpper !== undefined && toUpper <= 0;
    }
    default:
      throw unknown('operator', operator);
  }
}

function callFunction(item: Item, node: ConditionNode): boolean {
  const [first, second] = node.args.map((operand) => resolve(item, operand));
  switch (node.name) {
    case 'attribute_exists':
      return first !== undefined;
    case 'attribute_not_exists':
      return first === undefined;
    case 'attribute_type':
      return first !== undefined && typeOf(first) === second?.S;
    case 'begins_with':
      return first !== undefined && second !== undefined && beginsWith(first, second);
    case 'contains':
      return first !== undefined && second !== undefined && contains(first, second);
    default:
      throw unknown('function', String(node.name));
  }
}

function resolve(item: Item, operand: Operand): AttributeValue | undefined {
  if (Array.isArray(operand)) return valueAt(item, operand as Path);
  const node = operand as Partial<ConditionNode>;
  if (node.type === undefined) return operand as AttributeValue;
  if (node.type !== 'function' || node.name !== 'size') throw unknown('operand', node.name ?? node.type);
  const value = resolve(item, node.args![0]!);
  const length = value && sizeOf(value);
  return length === undefined ? undefined : { N: String(length) };
}

// The length of text is counted in UTF-16 units (measured: one accented letter counts 1), that of binary values in
// bytes.
function sizeOf(value: AttributeValue): number | undefined {
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.M) return Object.keys(value.M).length;
  return (value.S ?? value.SS ?? value.NS ?? value.BS ?? value.L)?.length;
}

const bytes = (base64: string) => Buffer.from(base64, 'base64').toString('latin1');

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B !== undefined && prefix.B !== undefined) return bytes(value.B).startsWith(bytes(prefix.B));
  return false;
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.L) return value.L.some((element) => valuesEqual(element, part));
  if (part.S !== undefined) return (value.S ?? value.SS)?.includes(part.S) ?? false;
  if (part.N !== undefined) return value.NS !== undefined && hasNumber(value.NS, part.N);
  if (part.B === undefined) return false;
  return value.B !== undefined ? bytes(value.B).includes(bytes(part.B)) : (value.BS?.includes(part.B) ?? false);
}

/**
 * Rejects comparisons of literals that have no order, before anything runs, like AWS does. Attributes of the wrong type
 * only fail the condition.
 *
 * @param name the parameter that contains the expression
 */
export function checkOrderOperands(condition: ParsedCondition | undefined, name: string): void {
  if (condition) check(condition.expression, name);
}

function check(node: ConditionNode, name: string): void {
  const ordered = ['<', '<=', '>', '>=', 'between'].includes(node.type);
  for (const operand of node.args) {
    if (Array.isArray(operand) || operand === undefined) continue;
    if ((operand as ConditionNode).type !== undefined) {
      check(operand as ConditionNode, name);
    } else if (ordered) {
      const type = typeOf(operand as AttributeValue);
      if (type !== 'S' && type !== 'N' && type !== 'B') {
        const operator = node.type === 'between' ? 'BETWEEN' : node.type;
        throw validationError(
          `Invalid ${name}: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
        );
      }
    }
  }
}

/** An operator or function that the engine does not know must neither hold nor fail silently. */
function unknown(what: string, name: string): Error {
  return validationError(`The table engine does not know the ${what} ${name} in a condition`);
}
