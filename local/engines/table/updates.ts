/**
 * Update expressions. Every right-hand side is evaluated against the original item. Then values are set, added and
 * deleted. Removals come last, in lists from the highest position down, so that all positions refer to the original
 * list.
 */

import { validationError } from './errors.ts';
import { addNumbers } from './numbers.ts';
import { copyValue, own, valueAt } from './paths.ts';
import type { AttributeValue, ConditionNode, Item, Operand, ParsedUpdate, Path, UpdateSection } from './types.ts';
import { hasNumber } from './values.ts';

const wrongType = () => validationError('An operand in the update expression has an incorrect data type');
const wrongPath = () => validationError('The document path provided in the update expression is invalid for update');

/**
 * The item after the update. The original is not changed.
 *
 * @throws TableError ValidationException, like AWS
 */
export function applyUpdate(original: Item, update: ParsedUpdate): Item {
  const changes = update.sections.map((section) => ({ path: section.path, value: newValue(original, section) }));
  const result: Item = { ...original };
  for (const head of new Set(changes.map((change) => change.path[0] as string))) {
    const value = own(original, head);
    if (value) result[head] = copyValue(value);
  }
  // Elements that are set beyond the end of a list are appended in the order of their positions.
  const settings = changes.filter((change) => change.value !== undefined);
  for (const { path, value } of settings.sort(byPosition)) setAt(result, path, value!);
  const removals = changes.filter((change) => change.value === undefined);
  for (const { path } of removals.sort((a, b) => byPosition(b, a))) removeAt(result, original, path);
  return result;
}

/** Document order: positions of a list by number, each followed by the paths below it. */
function byPosition(a: { path: Path }, b: { path: Path }): number {
  for (const [depth, left] of a.path.entries()) {
    const right = b.path[depth];
    if (left === right || right === undefined) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** The value that the section puts at its path; undefined removes the present value. */
function newValue(item: Item, section: UpdateSection): AttributeValue | undefined {
  switch (section.type) {
    case 'set':
      return evaluate(item, section.val!);
    case 'remove':
      return undefined;
    case 'add':
      return added(valueAt(item, section.path), section.val as AttributeValue);
    case 'delete':
      return withoutMembers(valueAt(item, section.path), section.val as AttributeValue);
    default:
      throw validationError(`The table engine does not know the update clause ${String(section.type)}`);
  }
}

function evaluate(item: Item, operand: Operand): AttributeValue {
  if (Array.isArray(operand)) {
    const value = valueAt(item, operand as Path);
    if (value) return value;
    throw validationError('The provided expression refers to an attribute that does not exist in the item');
  }
  const node = operand as Partial<ConditionNode>;
  if (node.type === undefined) return operand as AttributeValue;
  const [first, second] = node.args!;
  if (node.type === 'add' || node.type === 'subtract') {
    const left = evaluate(item, first!).N;
    const right = evaluate(item, second!).N;
    if (left === undefined || right === undefined) throw wrongType();
    return { N: addNumbers(left, right, node.type === 'add' ? 1 : -1) };
  }
  if (node.name === 'if_not_exists') return valueAt(item, first as Path) ?? evaluate(item, second!);
  if (node.name === 'list_append') {
    const head = evaluate(item, first!).L;
    const tail = evaluate(item, second!).L;
    if (!head || !tail) throw wrongType();
    return { L: [...head, ...tail] };
  }
  throw validationError(`The table engine does not know ${node.name ?? node.type} in an update expression`);
}

function added(current: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (!current) return value;
  if (current.N !== undefined && value.N !== undefined) return { N: addNumbers(current.N, value.N) };
  if (current.SS && value.SS) return { SS: [...new Set([...current.SS, ...value.SS])] };
  if (current.BS && value.BS) return { BS: [...new Set([...current.BS, ...value.BS])] };
  if (current.NS && value.NS) {
    return { NS: [...current.NS, ...value.NS.filter((number) => !hasNumber(current.NS!, number))] };
  }
  throw wrongType();
}

/** The set without the members; undefined if nothing is left, because sets are never empty. */
function withoutMembers(current: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (!current) return undefined;
  const rest = <T>(set: T[], has: (member: T) => boolean) => set.filter((member) => !has(member));
  let left: AttributeValue;
  if (current.SS && value.SS) left = { SS: rest(current.SS, (member) => value.SS!.includes(member)) };
  else if (current.BS && value.BS) left = { BS: rest(current.BS, (member) => value.BS!.includes(member)) };
  else if (current.NS && value.NS) left = { NS: rest(current.NS, (member) => hasNumber(value.NS!, member)) };
  else throw wrongType();
  return Object.values(left)[0].length > 0 ? left : undefined;
}

/**
 * The map or list that contains the last step of a path.
 *
 * @throws TableError ValidationException if the document has none there
 */
function parentOf(item: Item, path: Path): AttributeValue {
  const parent = path.length === 1 ? { M: item } : valueAt(item, path.slice(0, -1));
  if (typeof path.at(-1) === 'number' ? !parent?.L : !parent?.M) throw wrongPath();
  return parent!;
}

function setAt(item: Item, path: Path, value: AttributeValue): void {
  const parent = parentOf(item, path);
  const step = path.at(-1)!;
  if (typeof step === 'number') parent.L![Math.min(step, parent.L!.length)] = value;
  else parent.M![step] = value;
}

function removeAt(item: Item, original: Item, path: Path): void {
  // A removal means what was there before. Where nothing was, it must not remove what was just appended.
  const { L: before } = parentOf(original, path);
  const parent = parentOf(item, path);
  const step = path.at(-1)!;
  if (typeof step !== 'number') delete parent.M![step];
  else if (step < before!.length) parent.L!.splice(step, 1);
}
