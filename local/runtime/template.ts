/**
 * Reads the synthesized CloudFormation templates and says what the local cloud has to run. Nothing here knows a feature:
 * what the stacks do not say does not exist.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const account = '000000000000';
export const region = 'us-east-1';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A resource whose references are all resolved. */
// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's property types are open; what is missing fails where it is used
export type Properties = any;

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  /** Path of a function's code, relative to the template folder. */
  readonly asset: string | undefined;
}

interface RawResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Json>>;
  readonly Metadata?: { readonly 'aws:asset:path'?: string };
}
interface RawTemplate {
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: Json; readonly Export?: { readonly Name: string } }>>;
}

const lower = (id: string) => id.toLowerCase();
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
/** Functions are called by the name that their stack gives them, since other stacks may know them by it. */
export const functionArn = (name: string) => arn('lambda', `function:${name}`);

/** What `Ref` and `Fn::GetAtt` give for the resource types that moim's stacks use. */
const attributes: Readonly<
  Record<string, (id: string, property: (name: string) => string) => Readonly<Record<string, string>>>
> = {
  'AWS::DynamoDB::Table': (id) => ({
    Ref: id,
    Arn: arn('dynamodb', `table/${id}`),
    // The engine labels a stream with the time it began; functions only ever match it by its table.
    StreamArn: arn('dynamodb', `table/${id}/stream/local`),
  }),
  'AWS::S3::Bucket': (id) => ({ Ref: lower(id), Arn: `arn:aws:s3:::${lower(id)}` }),
  'AWS::SecretsManager::Secret': (id) => ({ Ref: arn('secretsmanager', `secret:${id}`) }),
  'AWS::SES::EmailIdentity': (_, property) => ({ Ref: property('EmailIdentity') }),
  'AWS::SES::ConfigurationSet': (_, property) => ({ Ref: property('Name') }),
  'AWS::Events::Rule': (id) => ({ Ref: id, Arn: arn('events', `rule/${id}`) }),
  'AWS::Lambda::Function': (id, property) => {
    const name = property('FunctionName') || id;
    return { Ref: name, Arn: functionArn(name) };
  },
  'AWS::Lambda::Version': (id) => ({ Ref: id, Version: '1' }),
  'AWS::Lambda::Alias': (_, property) => ({
    Ref: functionArn(`${property('FunctionName')}:${property('Name')}`),
  }),
  'AWS::IAM::Role': (id) => ({ Ref: id, Arn: `arn:aws:iam::${account}:role/${id}` }),
  'AWS::SQS::Queue': (id) => ({
    Ref: `https://sqs.${region}.amazonaws.com/${account}/${id}`,
    Arn: arn('sqs', id),
    QueueName: id,
  }),
  'AWS::ApiGatewayV2::Api': (id) => ({ Ref: lower(id) }),
};

/** The templates of the stacks in a folder that `cdk synth` wrote: those that its last run made, whatever else lies there. */
function templatesIn(folder: string): RawTemplate[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) throw new Error(`there are no stacks in ${folder}; "npm run synth" makes them`);
  const { artifacts } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    artifacts: Record<string, { type: string; properties?: { templateFile: string } }>;
  };
  return Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ properties }) => JSON.parse(readFileSync(join(folder, properties!.templateFile), 'utf8')));
}

/**
 * All resources of the stacks in a folder that `cdk synth` wrote, with every reference resolved, from stack to stack too.
 * What runs here is named by its logical id, so two stacks must not have the same.
 */
export function readStacks(folder: string): Resource[] {
  const templates = templatesIn(folder);
  const ids = templates.flatMap(({ Resources }) => Object.keys(Resources));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`two stacks have a resource "${twice}"`);
  const exported = new Map<string, () => unknown>();
  for (const template of templates)
    for (const { Value, Export } of Object.values(template.Outputs ?? {}))
      if (Export) exported.set(Export.Name, () => resolverOf(template, exported)(Value));

  return templates.flatMap((template) => {
    const resolve = resolverOf(template, exported);
    return Object.entries(template.Resources).map(([id, { Type, Properties, Metadata }]) => ({
      id,
      type: Type,
      // Where code lies in AWS means nothing here, and nothing else uses Fn::Sub.
      properties: resolve(Type === 'AWS::Lambda::Function' ? { ...Properties, Code: {} } : (Properties ?? {})),
      asset: Metadata?.['aws:asset:path'],
    }));
  });
}

function resolverOf(template: RawTemplate, exported: ReadonlyMap<string, () => unknown>): (value: Json) => Properties {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const attribute = (id: string, name: string): string => {
    const resource = template.Resources[id];
    if (!resource) throw new Error(`the template refers to "${id}", which it does not have`);
    const known = attributes[resource.Type];
    // Resources that nothing runs on (log groups, alarms) are named by their id.
    const values = known?.(id, (property) => resolve(resource.Properties?.[property] ?? null)) ?? {
      Ref: id,
      Arn: `arn:aws:local:::${id}`,
    };
    const found = values[name];
    if (found === undefined) throw new Error(`the local cloud does not know ${resource.Type}.${name}`);
    return found;
  };
  const functions: Readonly<Record<string, (argument: Properties) => unknown>> = {
    Ref: (id: string) => pseudo[id] ?? attribute(id, 'Ref'),
    'Fn::GetAtt': ([id, name]: [string, string]) => attribute(id, name),
    'Fn::Join': ([glue, parts]: [string, Json[]]) => parts.map((part) => resolve(part)).join(glue),
    'Fn::ImportValue': (name: string) => {
      const value = exported.get(name);
      if (!value) throw new Error(`no stack exports "${name}"`);
      return value();
    },
  };
  function resolve(value: Json): Properties {
    if (Array.isArray(value)) return value.map(resolve);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', null]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const compute = functions[name];
      if (!compute) throw new Error(`the local cloud does not know the intrinsic function ${name}`);
      return compute(argument);
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each)]));
  }
  return resolve;
}

/** The resources of one type. */
export const ofType = (resources: readonly Resource[], type: string) => resources.filter((each) => each.type === type);

/** The function in an integration's or authorizer's address: the bare ARN, or one wrapped in an invocation path. */
export const functionArnOf = (uri: string) => /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

/** Which functions an API may invoke: those with a permission that names it. */
export function permissionsIn(resources: readonly Resource[], apiId: string): (functionArn: string) => boolean {
  const allowed = new Set(
    ofType(resources, 'AWS::Lambda::Permission')
      .filter(({ properties }) => properties.SourceArn.includes(`:${apiId}/`))
      .map(({ properties }) => properties.FunctionName as string),
  );
  return (functionArn) => allowed.has(functionArn);
}
