import { arnOf, closeClouds, cloudOf, type Handler, lambda, type Resources, ref, stop } from './support.ts';

afterEach(closeClouds);

const pattern = { source: ['aws.ses'], detail: { tags: { set: ['ours'] } } };
const rule = (more: object = {}): Resources => ({
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      State: 'ENABLED',
      EventPattern: pattern,
      Targets: [{ Id: 'function', Arn: arnOf('Hear'), DeadLetterConfig: { Arn: arnOf('Undelivered') } }],
      ...more,
    },
  },
  Undelivered: { Type: 'AWS::SQS::Queue' },
  Failed: { Type: 'AWS::SQS::Queue' },
});
const permission = (of = 'Rule'): Resources => ({
  RulePermission: {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: arnOf('Hear'), Principal: 'events.amazonaws.com', SourceArn: arnOf(of) },
  },
});
const asynchronously = (MaximumRetryAttempts: number): Resources => ({
  Retries: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: ref('Hear'),
      Qualifier: '$LATEST',
      MaximumRetryAttempts,
      DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } },
    },
  },
});
const told = (set: unknown = ['ours', 'theirs']) => ({
  source: 'aws.ses',
  'detail-type': 'Something',
  detail: { tags: { set } },
});

/** A cloud whose function fails as often as it is told to; what it heard. */
async function scene(resources: Resources, failures = 0, options = {}) {
  const heard: unknown[] = [];
  const hear: Handler = (event) => {
    heard.push(event);
    if (heard.length <= failures) throw new Error('not now');
  };
  const cloud = await cloudOf({ ...lambda('Hear'), ...resources }, { Hear: hear }, options);
  return { cloud, heard };
}

test('an event comes to the function of each rule that it fits, in the form of EventBridge', async () => {
  const { cloud, heard } = await scene({ ...rule(), ...permission() });

  for (const each of [told(), told('ours'), told('theirs'), told([]), told(undefined)]) cloud.events.put(each);
  cloud.events.put({ ...told(), source: 'aws.other' });
  await cloud.settle();

  expect(heard).toHaveLength(3);
  expect(heard[0]).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    account: '000000000000',
    region: 'us-east-1',
    time: '2026-03-02T03:00:00Z',
    resources: [],
    ...told(),
  });
});

test('a function that fails is tried twice more, unless the stack says otherwise', async () => {
  const twice = await scene({ ...rule(), ...permission() }, 2);
  const once = await scene({ ...rule(), ...permission(), ...asynchronously(0) }, 1);

  for (const { cloud } of [twice, once]) cloud.events.put(told());
  for (const { cloud } of [twice, once]) await cloud.settle();

  expect([twice.heard.length, once.heard.length]).toEqual([3, 1]);
});

test('what fails for good goes where the stack says, with what happened', async () => {
  const { cloud, heard } = await scene({ ...rule(), ...permission(), ...asynchronously(1) }, 9);

  cloud.events.put(told());
  await cloud.settle();

  expect(heard).toHaveLength(2);
  expect(cloud.queues.messages('Failed')).toEqual([
    expect.objectContaining({
      requestContext: expect.objectContaining({ condition: 'RetriesExhausted', approximateInvokeCount: 2 }),
      requestPayload: expect.objectContaining(told()),
      responsePayload: { errorType: 'Error', errorMessage: 'not now' },
    }),
  ]);
});

test.each([
  ['no permission', {}],
  ['a permission for another rule', permission('Failed')],
])('with %s the function hears nothing: the event is in the queue of the target', async (_, permissions) => {
  const { cloud, heard } = await scene({ ...rule(), ...permissions });

  cloud.events.put(told());
  await cloud.settle();

  expect(heard).toEqual([]);
  expect(cloud.queues.messages('Undelivered')).toEqual([expect.objectContaining(told())]);
});

test('a rule that is switched off takes nothing; one that is not understood stops the start', async () => {
  const { cloud, heard } = await scene({ ...rule({ State: 'DISABLED' }), ...permission() });

  cloud.events.put(told());
  await cloud.settle();

  expect(heard).toEqual([]);
  await expect(scene(rule({ EventPattern: { source: [{ wildcard: 'aws.*' }] } }))).rejects.toThrow('wildcard');
});

test('between tries it waits on the clock; a cloud that closes waits no more', async () => {
  const { cloud, heard } = await scene({ ...rule(), ...permission() }, 2, { retryDelay: (n: number) => n * 60_000 });
  const turn = () => new Promise(setImmediate);

  cloud.events.put(told());
  while (heard.length < 1) await turn();
  await turn();
  expect(cloud.events.running()).toBe(1);
  await cloud.clock.advance(60_000);
  while (heard.length < 2) await turn();
  await turn();
  await cloud.clock.advance(119_000);
  await turn();
  expect(heard).toHaveLength(2);
  await stop(cloud);

  expect(heard).toHaveLength(2);
  expect(cloud.events.running()).toBe(0);
});
