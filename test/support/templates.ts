import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder in which `global-setup.ts` leaves the synthesized stacks of the stage `dev`. */
export const templateFolder = '.build/test/cdk.out';

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  /** On a function: the folder of its bundle. */
  Metadata?: { 'aws:asset:path'?: string };
}
export interface EditableTemplate {
  Resources: Record<string, Resource>;
}

/** An edit: the functions know of no distribution, so they sign addresses of pictures themselves. */
export function withoutDistribution({ Resources }: EditableTemplate): void {
  for (const { Properties } of Object.values(Resources)) {
    const variables = (Properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables;
    if (variables) delete variables.MEDIA_URL;
  }
}

/** An edit: a deployment that approves its accounts (row 13). */
export function approvingAccounts({ Resources }: EditableTemplate): void {
  for (const { Type, Properties } of Object.values(Resources))
    if (Type === 'AWS::Lambda::Function')
      Object.assign((Properties.Environment as { Variables: object }).Variables, { ACCOUNT_APPROVAL: 'on' });
}

/**
 * The folder with the stacks for a test. Tests sign up more people at one instant than the gateway's throttle for guests
 * allows, and order more mails than SES accepts, so both limits are raised. Guests look at what has changed in the same
 * instant, so the distribution keeps nothing for them. `edit` may change the templates in other ways.
 */
export function testTemplates(edit?: (template: EditableTemplate) => void, keepThrottles = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'moim-test-'));
  const bundles = new Set<string>();
  const link = (file: string) => symlinkSync(resolve(templateFolder, file), join(folder, file));
  for (const file of readdirSync(templateFolder)) {
    // The bundles of all earlier builds are here too, thousands after a while.
    if (file.startsWith('asset.')) continue;
    if (!file.endsWith('.template.json')) {
      link(file);
      continue;
    }
    const template = JSON.parse(readFileSync(join(templateFolder, file), 'utf8')) as EditableTemplate;
    for (const { Metadata } of Object.values(template.Resources))
      if (Metadata?.['aws:asset:path']) bundles.add(Metadata['aws:asset:path']);
    // A resource with default settings has no properties.
    for (const each of Object.values(template.Resources)) each.Properties ??= {};
    if (!keepThrottles) raiseThrottles(template);
    edit?.(template);
    writeFileSync(join(folder, file), JSON.stringify(template));
  }
  // Bundles are megabytes and never change, so they are linked and not copied.
  for (const bundle of bundles) link(bundle);
  return folder;
}

function raiseThrottles(template: EditableTemplate) {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const variables = (Properties.Environment as { Variables: Record<string, string> } | undefined)?.Variables;
    if (variables?.MAILS_PER_SECOND) variables.MAILS_PER_SECOND = '1e9';
    if (Type === 'AWS::CloudFront::CachePolicy') {
      const policy = Properties.CachePolicyConfig as { MinTTL: number; MaxTTL: number };
      if (policy.MinTTL === 0) policy.MaxTTL = 0;
    }
    if (Type !== 'AWS::ApiGatewayV2::Stage') continue;
    const settings = [Properties.DefaultRouteSettings, ...Object.values(Properties.RouteSettings ?? {})];
    for (const each of settings) Object.assign(each as object, { ThrottlingRateLimit: 1e6, ThrottlingBurstLimit: 1e6 });
  }
}
