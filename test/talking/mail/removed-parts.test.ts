/** What the stacks do not say does not happen: each part of the way that a report takes, taken out. */
import { actorAt } from '../../support/actor.ts';
import { type Moim, startMoim } from '../../support/moim.ts';
import { itemsOf } from '../../support/table.ts';
import type { EditableTemplate } from '../../support/templates.ts';

type Edit = (template: EditableTemplate) => void;
interface Statement {
  readonly Sid: string;
  Resource: unknown;
}

const without =
  (type: RegExp, fits: (properties: Record<string, unknown>) => boolean = () => true): Edit =>
  ({ Resources }) => {
    for (const [id, { Type, Properties }] of Object.entries(Resources))
      if (type.test(Type) && fits(Properties)) delete Resources[id];
  };
/** A rule cannot be taken out alone: what names it would name nothing. */
function switchOff(resources: EditableTemplate['Resources']): void {
  for (const { Type, Properties } of Object.values(resources))
    if (Type === 'AWS::Events::Rule') Properties.State = 'DISABLED';
}
/** Changes one statement of a function's role. */
const withGrant =
  (role: string, sid: string, change: (statement: Statement) => Statement[]): Edit =>
  ({ Resources }) => {
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      if (Type !== 'AWS::IAM::Role' || !id.startsWith(role)) continue;
      for (const { PolicyDocument } of Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[])
        PolicyDocument.Statement = PolicyDocument.Statement.flatMap((each) =>
          each.Sid === sid ? change(each) : [each],
        );
    }
  };

/** Mails twice to an address that bounces: how many mails came, whether it was marked, and what failed. */
async function twice(moim: Moim) {
  const email = 'bounce@simulator.amazonses.com';
  // From one place alone, a second mail waits for 60 seconds, and what is parked would be tried again by then.
  for (const place of ['203.0.113.1', '203.0.113.2']) {
    await actorAt(moim, undefined, place).post('/v1/login-id-reminders', { email });
    await moim.settle();
  }
  const marked = await itemsOf(moim, 'Suppression', { email });
  const failed = (name: string) => moim.queues.messages(name).length;
  return [moim.mail.list({ to: email }).length, marked.length, failed('FailedJobs'), failed('Parked')];
}

test.each<[part: string, edit: Edit | undefined, seen: number[]]>([
  ['nothing', undefined, [1, 1, 0, 0]],
  ['the reports of SES', without(/::ConfigurationSetEventDestination$/), [2, 0, 0, 0]],
  ['the rule switched on', ({ Resources }) => switchOff(Resources), [2, 0, 0, 0]],
  [
    "the rule's permission to call the function",
    without(/::Permission$/, ({ Principal }) => Principal === 'events.amazonaws.com'),
    [2, 0, 2, 0],
  ],
  ["the function's right to mark an address", withGrant('MailMailFeedback', 'Write', () => []), [2, 0, 2, 0]],
  [
    'the right to send through the configuration set',
    withGrant('BackgroundStream', 'SendMail', (each) => [{ ...each, Resource: (each.Resource as unknown[])[0] }]),
    [0, 0, 0, 2],
  ],
  ['the configuration set and its reports', without(/^AWS::SES::ConfigurationSet/), [0, 0, 0, 2]],
])('without %s', async (_, edit, seen) => {
  const moim = await startMoim(edit ? { edit } : {});
  try {
    expect(await twice(moim)).toEqual(seen);
  } finally {
    await moim.close();
  }
});
