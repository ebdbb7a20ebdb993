/**
 * `npm run parked`: lists what failed for good after a change of the table, and plays it back (docs/architecture.md, "How a
 * change travels").
 */
import { parseArgs } from 'node:util';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { features } from '../functions/features.ts';
import type { Environment } from '../shared/core/platform.ts';
import type { ParkedChange } from '../shared/events/consumers.ts';
import { type Ended, local, unreachable } from './table.ts';

const usage = `usage: npm run parked -- [list | replay] [--stage prod]
  list           what failed for good, and how much is still tried (this, unless said)
  replay         has all of it that is a change for one consumer tried again, from the beginning
  --stage prod   the stage on AWS, with your own credentials; without it, moim on this machine`;

/** Seconds for which what is looked at is hidden from others who look. */
const hiddenFor = 60;

/** A message of the queue, and the change that it is about if it is one that was parked. */
interface Failed {
  readonly message: Message;
  readonly change: (ParkedChange & { readonly tries?: number; readonly error?: string }) | undefined;
}

function changeOf({ Body = '' }: Message): Failed['change'] {
  const body = JSON.parse(Body) as Partial<ParkedChange>;
  return body.consumer && body.keys ? (body as ParkedChange) : undefined;
}

const lineOf = ({ message, change }: Failed) =>
  change
    ? `${new Date(change.since).toISOString()}  ${change.consumer}  ${change.event}  ${change.keys.pk} ${change.keys.sk}  ${change.error ?? 'crashed'}`
    : `a batch that the stream gave up: its function crashed. Its place in the stream: ${message.Body}`;

/** All messages of the queue for a person, hidden from now on. */
async function everyFailed(client: SQSClient, QueueUrl: string): Promise<Failed[]> {
  const found = new Map<string, Failed>();
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenFor,
        WaitTimeSeconds: 1,
      }),
    );
    // A queue of many hosts may show one again: the last handle is the one that counts.
    for (const message of Messages) found.set(message.MessageId!, { message, change: changeOf(message) });
    if (Messages.length === 0) return [...found.values()];
  }
}

async function urlOf(
  client: SQSClient,
  name: string,
  stage: string | undefined,
  environment: Environment,
): Promise<string> {
  const QueueNamePrefix = stage === undefined ? name : `moim-${stage}-service-${name}`;
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix })).catch((error: Error) => {
    throw unreachable('queues', stage, environment, error);
  });
  if (QueueUrls.length !== 1)
    throw new Error(`${QueueUrls.length} queues are named ${QueueNamePrefix}…: are region and account the right ones?`);
  return QueueUrls[0]!;
}

async function list(client: SQSClient, failedUrl: string, parkedUrl: string): Promise<string> {
  const failed = await everyFailed(client, failedUrl);
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: parkedUrl, AttributeNames: ['All'] }),
  );
  for (const { message } of failed)
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: failedUrl,
        ReceiptHandle: message.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
  const numbers = Object.entries(Attributes).filter(([name]) => name.startsWith('ApproximateNumberOfMessages'));
  const tried = numbers.reduce((sum, [, count]) => sum + Number(count), 0);
  return [...failed.map(lineOf), `${failed.length} failed for good, ${tried} are still tried`].join('\n');
}

/** Whether the consumer of a change does heavy work, which has a queue of its own. */
const isHeavy = ({ consumer }: ParkedChange) =>
  features.some(({ name, consumers }) =>
    Object.entries(consumers).some(([own, { lane }]) => lane === 'heavy' && consumer === `${name}.${own}`),
  );

async function replay(client: SQSClient, failedUrl: string, parkedUrl: string, heavyUrl: string): Promise<string> {
  const failed = await everyFailed(client, failedUrl);
  const changes = failed.filter(({ change }) => change);
  for (const { message, change } of changes) {
    const { tries: _, error: __, ...parked } = change!;
    const MessageBody = JSON.stringify({ ...parked, since: Date.now() });
    // Sent before it is deleted: a crash between the two plays it twice, which every consumer bears.
    const QueueUrl = isHeavy(parked) ? heavyUrl : parkedUrl;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await client.send(new DeleteMessageCommand({ QueueUrl: failedUrl, ReceiptHandle: message.ReceiptHandle }));
  }
  const left = failed.length - changes.length;
  return `${changes.length} are tried again${left > 0 ? `, ${left} are no change for a consumer and stay` : ''}`;
}

/** Runs the command with what stands behind it on the command line. */
export async function parked(args: string[], environment: Environment): Promise<Ended> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { stage: { type: 'string' } } });
    const [word = 'list', ...more] = positionals;
    const work = { list, replay }[word];
    if (!work || more.length > 0) return { code: 2, text: usage };
    const client = new SQSClient(values.stage === undefined ? local(environment) : {});
    const [failedUrl, parkedUrl, heavyUrl] = [
      await urlOf(client, 'FailedChanges', values.stage, environment),
      await urlOf(client, 'Parked', values.stage, environment),
      await urlOf(client, 'Heavy', values.stage, environment),
    ];
    return { code: 0, text: await work(client, failedUrl, parkedUrl, heavyUrl) };
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) return { code: 2, text: usage };
    return { code: 1, text: String(error instanceof Error ? error.message : error) };
  }
}

if (import.meta.main) {
  const { code, text } = await parked(process.argv.slice(2), process.env);
  (code === 0 ? console.log : console.error)(text);
  process.exitCode = code;
}
