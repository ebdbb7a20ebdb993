/**
 * Reads the synthesized CloudFormation templates and lists the resources that the local cloud has to run. This code
 * knows no feature: only the stacks decide what exists.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const account = '000000000000';
export const region = 'us-east-1';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A resource with all its references resolved. */
// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's property types are open; what is missing fails where it is used
export type Properties = any;

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  /** The path of a function's code, relative to the template folder. */
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
/** The ARN of a function contains the name that its stack gives it, since other stacks may refer to it by name. */
export const functionArn = (name: string) => arn('lambda', `function:${name}`);

/** The values of `Ref` and `Fn::GetAtt` for the resource types of moim's stacks. */
const attributes: Readonly<
  Record<string, (id: string, property: (name: string) => string) => Readonly<Record<string, string>>>
> = {
  'AWS::DynamoDB::Table': (id) => ({
    Ref: id,
    Arn: arn('dynamodb', `table/${id}`),
    // The engine labels a stream with its start time. Functions match a stream only by its table.
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
  'AWS::CloudFront::Function': (id) => ({ Ref: id, FunctionARN: id }),
  'AWS::CloudFront::Distribution': (id) => ({ Ref: id, Id: id, DomainName: `${lower(id)}.cloudfront.net` }),
  'AWS::CloudFront::OriginAccessControl': (id) => ({ Ref: id, Id: id }),
  'AWS::CloudFront::CachePolicy': (id) => ({ Ref: id, Id: id }),
  'AWS::CloudFront::ResponseHeadersPolicy': (id) => ({ Ref: id, Id: id }),
};

/**
 * The templates of the stacks in a folder that `cdk synth` wrote. Only those of its last run count, as other files may
 * be there.
 */
function templatesIn(folder: string): RawTemplate[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) throw new Error(`there are no stacks in ${folder}: run "npm run synth"`);
  const { artifacts } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    artifacts: Record<string, { type: string; properties?: { templateFile: string } }>;
  };
  return Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ properties }) => JSON.parse(readFileSync(join(folder, properties!.templateFile), 'utf8')));
}

/**
 * All resources of the stacks in a folder that `cdk synth` wrote, with every reference resolved, also between stacks.
 * Resources run here under their logical ids, so two stacks must not share one.
 *
 * @throws Error if two stacks share a logical id, or a template uses something that the local cloud does not support
 */
export function readStacks(folder: string): Resource[] {
  const templates = templatesIn(folder);
  const ids = templates.flatMap(({ Resources }) => Object.keys(Resources));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`two stacks have a resource "${twice}": give it another id in one of them`);
  const exported = new Map<string, () => unknown>();
  for (const template of templates)
    for (const { Value, Export } of Object.values(template.Outputs ?? {}))
      if (Export) exported.set(Export.Name, () => resolverOf(template, exported)(Value));

  return templates.flatMap((template) => {
    const resolve = resolverOf(template, exported);
    return Object.entries(template.Resources).map(([id, { Type, Properties, Metadata }]) => ({
      id,
      type: Type,
      // The location of code in AWS has no meaning here, and nothing else uses Fn::Sub.
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
    // Resources that nothing runs on (log groups, alarms) are identified by their id.
    const values = known?.(id, (property) => resolve(resource.Properties?.[property] ?? null)) ?? {
      Ref: id,
      Arn: `arn:aws:local:::${id}`,
    };
    const found = values[name];
    if (found === undefined)
      throw new Error(`the local cloud does not know ${resource.Type}.${name}: add it to local/runtime/template.ts`);
    return found;
  };
  const functions: Readonly<Record<string, (argument: Properties) => unknown>> = {
    Ref: (id: string) => pseudo[id] ?? attribute(id, 'Ref'),
    'Fn::GetAtt': ([id, name]: [string, string]) => attribute(id, name),
    'Fn::Join': ([glue, parts]: [string, Json[]]) => parts.map((part) => resolve(part)).join(glue),
    'Fn::ImportValue': (name: string) => {
      const value = exported.get(name);
      if (!value) throw new Error(`no stack exports "${name}", which another stack imports`);
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
      if (!compute)
        throw new Error(
          `the local cloud does not know the intrinsic function ${name}: add it to local/runtime/template.ts`,
        );
      return compute(argument);
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each)]));
  }
  return resolve;
}

/** The resources of one type. */
export const ofType = (resources: readonly Resource[], type: string) => resources.filter((each) => each.type === type);

/** The function in the address of an integration or authorizer: the bare ARN, or one wrapped in an invocation path. */
export const functionArnOf = (uri: string) => /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

/** The functions that an API may invoke: those with a permission that names it. */
export function permissionsIn(resources: readonly Resource[], apiId: string): (functionArn: string) => boolean {
  const allowed = new Set(
    ofType(resources, 'AWS::Lambda::Permission')
      .filter(({ properties }) => properties.SourceArn.includes(`:${apiId}/`))
      .map(({ properties }) => properties.FunctionName as string),
  );
  return (functionArn) => allowed.has(functionArn);
}
