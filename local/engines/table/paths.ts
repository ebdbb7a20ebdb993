/** Reads and copies values by document paths. */

import type { AttributeValue, Item, Path } from './types.ts';

/** The value at `path`; undefined if there is none. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined;
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'number') value = value?.L?.[step];
    else value = own(depth === 0 ? item : value?.M, step);
    if (value === undefined) return undefined;
  }
  return value;
}

/**
 * A member of a map by name. Names such as `constructor` must not find the inherited members of a JavaScript object.
 */
export function own(map: Item | undefined, name: string): AttributeValue | undefined {
  return map && Object.hasOwn(map, name) ? map[name] : undefined;
}

/** A copy whose lists and maps may be changed. Scalars and sets are shared, because they are only ever replaced. */
export function copyValue(value: AttributeValue): AttributeValue {
  if (value.L) return { L: value.L.map(copyValue) };
  if (value.M) return { M: copyItem(value.M) };
  return value;
}

function copyItem(item: Item): Item {
  const copy: Item = {};
  for (const name in item) copy[name] = copyValue(item[name]!);
  return copy;
}

/**
 * The projection of an item: the named paths with the maps and lists around them. Elements of a list keep their order,
 * without gaps.
 */
export function project(item: Item, paths: readonly Path[]): Item {
  const tree: Branch = new Map();
  for (const path of paths) {
    const value = valueAt(item, path);
    if (value === undefined) continue;
    let branch = tree;
    for (const step of path.slice(0, -1)) {
      const existing = branch.get(step);
      const next: Branch = existing instanceof Map ? existing : new Map();
      branch.set(step, next);
      branch = next;
    }
    branch.set(path.at(-1)!, value);
  }
  return projectedMap(tree);
}

type Branch = Map<string | number, Branch | AttributeValue>;

function projectedMap(branch: Branch): Item {
  const item: Item = {};
  for (const [name, node] of branch) item[name] = node instanceof Map ? projectedValue(node) : node;
  return item;
}

function projectedValue(branch: Branch): AttributeValue {
  const steps = [...branch.keys()];
  if (typeof steps[0] === 'string') return { M: projectedMap(branch) };
  const elements = (steps as number[]).sort((a, b) => a - b).map((at) => branch.get(at)!);
  return { L: elements.map((node) => (node instanceof Map ? projectedValue(node) : node)) };
}
