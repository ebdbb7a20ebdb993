import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StageName } from '../../lib/stages.ts';
import { type PerStack, synthesize, type Template } from '../../lib/synthesize.ts';
import type { PlacedFeature } from '../../shared/core/contract.ts';
import { stubAssets } from './fixture.ts';

/** A resource's properties, read as what a test expects to find in them. */
export type Properties = Readonly<Record<string, unknown>>;

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Templates {
  /** The template of each stack, in the order in which they are deployed. */
  readonly stacks: PerStack<Template>;
  readonly state: Template;
  /** All stacks but that of the state, as if they were one: for what is true wherever a resource stands. */
  readonly service: Template;
}

/** What was synthesized stays, as nobody changes it: a synthesis of the product takes half a second. */
const made = new WeakMap<readonly PlacedFeature[], Partial<Record<StageName, Templates>>>();

/** The templates of a stage, with empty bundles. */
export function templatesOf(features: readonly PlacedFeature[], stage: StageName = 'dev'): Templates {
  const known = made.get(features) ?? {};
  made.set(features, known);
  known[stage] ??= together(
    synthesize({
      stage,
      features,
      assets: stubAssets(features),
      outdir: mkdtempSync(join(tmpdir(), 'moim-cdk-')),
    }),
  );
  return known[stage];
}

function together(stacks: PerStack<Template>): Templates {
  const { state, ...others } = stacks;
  const templates: Template[] = Object.values(others);
  const exported = new Map(
    templates.flatMap(({ Outputs }) =>
      Object.values(Outputs ?? {}).flatMap(({ Value, Export }) => (Export ? [[Export.Name, Value] as const] : [])),
    ),
  );
  const text = JSON.stringify(Object.assign({}, ...templates.map(({ Resources }) => Resources)));
  const resources = JSON.parse(text, (_, value) => exported.get(value?.['Fn::ImportValue']) ?? value);
  return { stacks, state, service: { Resources: resources } };
}

/** Logical id and properties of every resource of a type. */
export const allOf = (template: Template, type: string) =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ id, properties: resource.Properties as Properties }));

/** The properties of the one resource of a type. Throws if there is none or more than one. */
export function onlyOf(template: Template, type: string): Properties {
  const [found, ...others] = allOf(template, type);
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} resources are ${type}`);
  return found.properties;
}

export const asArray = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** What a role may do. All of it stands in the role itself. */
export const statementsOf = (role: Properties): readonly Statement[] =>
  (role.Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
    (policy) => policy.PolicyDocument.Statement,
  );

/** Functions by the name they know themselves by, each with its role's statements. */
export function functionsIn(template: Template) {
  return new Map(
    allOf(template, 'AWS::Lambda::Function').map(({ id, properties }) => {
      const { Variables } = properties.Environment as { Variables: Record<string, unknown> };
      const [roleId] = (properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
      const role = template.Resources[roleId as string]?.Properties as Properties;
      return [Variables.SERVICE as string, { id, properties, variables: Variables, statements: statementsOf(role) }];
    }),
  );
}
