/** Reads what `cdk synth` left in a folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

/** A CloudFormation template, as far as the local cloud reads it. */
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

/** Templates by the names of their stacks. */
export type Templates = Record<string, Template>;

interface Manifest {
  artifacts?: Record<string, { type: string; properties?: { templateFile?: string; stackName?: string } }>;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${(error as Error).message}. Run npm run synth.`);
  }
}

/** The templates of all stacks in a synthesized app. Throws an Error that names the file it cannot read. */
export function readTemplates(folder: string): Templates {
  const { artifacts = {} } = readJson(join(folder, 'manifest.json')) as Manifest;
  const templates: Templates = {};
  for (const [id, { type, properties }] of Object.entries(artifacts)) {
    if (type !== 'aws:cloudformation:stack' || !properties?.templateFile) continue;
    templates[properties.stackName ?? id] = readJson(join(folder, properties.templateFile)) as Template;
  }
  if (Object.keys(templates).length === 0) throw new Error(`There is no stack in ${folder}. Run npm run synth.`);
  return templates;
}
