import { holdToRules } from '../lib/rules.ts';
import { stacksOf } from '../lib/synthesize.ts';

const { app } = stacksOf({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out' });
holdToRules(app);
// The CDK's own command line names a folder, and tells of its work itself.
const alone = !process.env.CDK_OUTDIR;
const started = performance.now();
if (alone) console.log('writing the templates and applying the rules: some seconds');
const { stacks } = app.synth();

if (alone) {
  for (const { templateFile, template } of stacks)
    console.log(`  ${app.outdir}/${templateFile}  ${Object.keys(template.Resources).length} resources`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${stacks.length} templates. They keep every rule of cdk-nag (AwsSolutions) and CloudFormation's schemas: ${seconds} s`,
  );
}
