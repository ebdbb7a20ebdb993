import { holdToRules } from '../lib/rules.ts';
import { stacksOf } from '../lib/synthesize.ts';

const { app } = stacksOf({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out' });
holdToRules(app);
app.synth();
