import type { Templates } from './assembly.ts';
import { type Identity, identityOf, type Place } from './identity.ts';

/** Resolves the intrinsic functions in the values of one stack. Throws an Error for one it does not know. */
export type Resolve = (value: unknown) => unknown;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Resolver {
  in(stack: string): Resolve;
  identity(stack: string, logicalId: string): Identity;
}

/** Makes the resolver of an app: references within a stack, and exports between them. */
export function resolverOf(templates: Templates, place: Place): Resolver {
  const identities = new Map<string, Identity>();
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': place.accountId,
    'AWS::Region': place.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };

  function identity(stack: string, logicalId: string): Identity {
    const key = `${stack}/${logicalId}`;
    const known = identities.get(key);
    if (known) return known;
    const resource = templates[stack]?.Resources[logicalId];
    if (!resource) throw new Error(`The stack ${stack} refers to "${logicalId}", which it does not have.`);
    const property = (name: string) => resource.Properties?.[name];
    const made = identityOf(resource, {
      stack,
      logicalId,
      place,
      text(name) {
        const value = property(name);
        return value === undefined ? undefined : asText(resolve(stack, value), `${key}.${name}`);
      },
      ref(name) {
        const value = property(name) as Fields | undefined;
        const target = value?.Ref ?? (value?.['Fn::GetAtt'] as string[] | undefined)?.[0];
        if (typeof target !== 'string') throw new Error(`${key}.${name} does not refer to a resource of its stack.`);
        return identity(stack, target);
      },
    });
    identities.set(key, made);
    return made;
  }

  function reference(stack: string, name: string): string {
    if (name === 'AWS::StackName') return stack;
    return pseudo[name] ?? identity(stack, name).ref;
  }

  function attribute(stack: string, path: unknown): string {
    const [logicalId = '', ...rest] = typeof path === 'string' ? path.split('.') : (path as string[]);
    const found = identity(stack, logicalId).attributes[rest.join('.')];
    if (found !== undefined) return found;
    const type = templates[stack]?.Resources[logicalId]?.Type;
    throw new Error(`The local cloud does not know the attribute ${rest.join('.')} of ${type} (${stack}/${logicalId}).`);
  }

  function imported(name: string): unknown {
    for (const [stack, { Outputs = {} }] of Object.entries(templates))
      for (const { Value, Export } of Object.values(Outputs))
        if (Export && resolve(stack, Export.Name) === name) return resolve(stack, Value);
    throw new Error(`No stack exports "${name}".`);
  }

  function substitute(stack: string, argument: unknown): string {
    const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Fields];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(values, name)) return String(resolve(stack, values[name]));
      return name.includes('.') ? attribute(stack, name) : reference(stack, name);
    });
  }

  const functions: Readonly<Record<string, (stack: string, argument: unknown) => unknown>> = {
    Ref: (stack, name) => reference(stack, String(name)),
    'Fn::GetAtt': attribute,
    'Fn::ImportValue': (stack, name) => imported(String(resolve(stack, name))),
    'Fn::Sub': substitute,
    'Fn::Join': (stack, argument) => {
      const [separator, parts] = argument as [string, unknown];
      return (resolve(stack, parts) as unknown[]).map((part) => asText(part, 'Fn::Join')).join(separator);
    },
    'Fn::Select': (stack, argument) => {
      const [index, list] = argument as [unknown, unknown];
      return (resolve(stack, list) as unknown[])[Number(resolve(stack, index))];
    },
    'Fn::Split': (stack, argument) => {
      const [separator, text] = argument as [string, unknown];
      return asText(resolve(stack, text), 'Fn::Split').split(separator);
    },
  };

  function resolve(stack: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => resolve(stack, each));
    if (!isFields(value)) return value;
    const [name, ...others] = Object.keys(value);
    if (others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
      const known = functions[name];
      if (!known) throw new Error(`The local cloud does not know ${name} (in the stack ${stack}).`);
      return known(stack, value[name]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(stack, each)]));
  }

  return { in: (stack) => (value) => resolve(stack, value), identity };
}

function asText(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} should be text and is ${JSON.stringify(value)}.`);
}
