import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where `global-setup.ts` leaves the synthesized stacks of the stage `dev`. */
export const templateFolder = '.build/test/cdk.out';

export interface EditableTemplate {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/**
 * The folder with the stacks that a test runs on. Tests sign up more people at one standing instant than the gateway's
 * throttle for guests allows, so it is raised; `edit` may take away or change what else a test is about.
 */
export function testTemplates(edit?: (template: EditableTemplate) => void, keepThrottles = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'moim-test-'));
  for (const file of readdirSync(templateFolder)) {
    const source = resolve(templateFolder, file);
    if (!file.endsWith('.template.json')) {
      // The bundles are megabytes: nobody changes them, so they are not copied.
      symlinkSync(source, join(folder, file));
      continue;
    }
    const template = JSON.parse(readFileSync(source, 'utf8')) as EditableTemplate;
    // A resource that is as AWS makes it has none.
    for (const each of Object.values(template.Resources)) each.Properties ??= {};
    if (!keepThrottles) raiseThrottles(template);
    edit?.(template);
    writeFileSync(join(folder, file), JSON.stringify(template));
  }
  return folder;
}

function raiseThrottles(template: EditableTemplate) {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::ApiGatewayV2::Stage') continue;
    const settings = [Properties.DefaultRouteSettings, ...Object.values(Properties.RouteSettings ?? {})];
    for (const each of settings) Object.assign(each as object, { ThrottlingRateLimit: 1e6, ThrottlingBurstLimit: 1e6 });
  }
}
