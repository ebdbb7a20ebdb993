import { type Moim, startMoim } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import type { outcome } from '../support/replies.ts';
import { certify, found } from '../support/scene.ts';
import { itemsOf } from '../support/table.ts';
import type { EditableTemplate } from '../support/templates.ts';

type Edit = (template: EditableTemplate) => void;
type Statement = { Sid?: string; Action: string | string[] };

/** Takes resources out of the stacks. */
const without =
  (type: string, fits: (properties: Record<string, unknown>, id: string) => boolean): Edit =>
  ({ Resources }) => {
    for (const [id, { Type, Properties }] of Object.entries(Resources))
      if (Type === type && fits(Properties, id)) delete Resources[id];
  };
/** Takes a route out, with what hangs on it. */
const withoutRoute =
  (key: string): Edit =>
  ({ Resources }) => {
    const route = Object.keys(Resources).find((id) => Resources[id]!.Properties.RouteKey === key);
    if (!route) return;
    delete Resources[route];
    without(
      'AWS::ApiGatewayV2::RouteResponse',
      ({ RouteId }) => (RouteId as { Ref: string }).Ref === route,
    )({
      Resources,
    });
  };

/** Takes one grant out of the role of a function. */
const withoutGrant =
  (role: string, action: string): Edit =>
  ({ Resources }) => {
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      if (Type !== 'AWS::IAM::Role' || !id.startsWith(role)) continue;
      for (const { PolicyDocument } of Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[])
        PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Action }) => ![Action].flat().includes(action));
    }
  };

/** A journey in short. Gives back the first step that does not hold, with what a person sees there. */
async function walk(moim: Moim): Promise<string> {
  const expectStatus = (step: string, answer: Parameters<typeof outcome>[0], status: number) => {
    if (answer.status !== status)
      throw new Error(`${step}: ${answer.status} ${answer.body.code ?? answer.body.message}`);
  };
  try {
    await moim.guest.post('/v1/email-verifications', { email: 'probe@example.com', purpose: 'REGISTER' });
    await moim.settle();
    if (moim.mail.list({ to: 'probe@example.com' }).length === 0) throw new Error('mail: none came');
    const [leader, member] = [await someone(moim, 'ari'), await someone(moim, 'bora')];
    expectStatus('own account', await member.get('/v1/accounts/me'), 200);
    const ticket = await member.post('/v1/socket-tickets');
    expectStatus('socket ticket', ticket, 201);
    const socket = await member.socket().catch((error: Error) => {
      throw new Error(`socket: ${error.message}`);
    });
    const pong = await socket.ask({ id: 1, action: 'ping' });
    if (!pong.ok) throw new Error(`ping: ${pong.problem?.code}`);
    const group = await found(leader).catch((error: Error) => {
      throw new Error(`found: ${/"code":"(\w+)"/.exec(error.message)?.[1]}`);
    });
    expectStatus('join', await member.post(`${group.path}/members`), 201);
    await moim.settle();
    const { body: inbox } = await leader.get('/v1/notifications');
    if (inbox.items.length === 0) throw new Error('inbox: empty');
    const certification = await certify(member, group).catch((error: Error) => {
      throw new Error(`upload: ${/<Code>(\w+)</.exec(error.message)?.[1]}`);
    });
    expectStatus('certify', certification, 201);
    expectStatus('approve', await leader.post(`${group.path}/certifications/${certification.body.id}/approve`), 200);
    await moim.settle();
    // What was posted before the answer has come before it.
    await socket.ask({ id: 2, action: 'ping' });
    if (socket.events.length === 0) throw new Error('socket event: none came');
    await moim.runSchedule('reconcile');
    socket.close();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the log of a function says was refused. */
const refusals = (moim: Moim, functionId: string) => [
  ...new Set(
    moim.logs
      .filter((entry) => entry.functionId === functionId)
      .flatMap(({ line }) => /is not authorized to perform: ([\w:-]+)/.exec(line)?.[1] ?? []),
  ),
];

/** What the log of a function says to do about its refusals. */
const remedies = (moim: Moim, functionId: string) => [
  ...new Set(
    moim.logs
      .filter((entry) => entry.functionId === functionId)
      .flatMap(({ line }) => /[\w-]+ may not .+? in functions\/[\w/<>]+\.ts/.exec(line)?.[0] ?? []),
  ),
];

async function walkWithout(edit: Edit, look: (moim: Moim) => unknown = () => undefined) {
  const moim = await startMoim({ edit });
  try {
    return [await walk(moim), await look(moim)];
  } finally {
    await moim.close();
  }
}

test('with all its parts the journey holds', async () => {
  expect(await walkWithout(() => {})).toEqual(['done', undefined]);
});

test('without a route the gateway knows no such path, and everything before works', async () => {
  expect(await walkWithout(withoutRoute('POST /v1/groups/{groupId}/members'))).toEqual([
    'join: 404 NOT_FOUND',
    undefined,
  ]);
  expect(await walkWithout(withoutRoute('ping'))).toEqual(['ping: UNKNOWN_ACTION', undefined]);
});

test('without a grant its function fails, and the log names the action and what to do', async () => {
  const log = (functionId: string) => (moim: Moim) => [...refusals(moim, functionId), ...remedies(moim, functionId)];

  expect(await walkWithout(withoutGrant('GroupsHttp', 'dynamodb:PutItem'), log('groups-http'))).toEqual([
    'found: INTERNAL',
    [
      'dynamodb:PutItem',
      'groups-http may not write Group: add it to rights.http.write in functions/groups/groups/contract.ts',
    ],
  ]);
  expect(await walkWithout(withoutGrant('MembershipsHttp', 'dynamodb:BatchGetItem'), log('memberships-http'))).toEqual([
    'join: 500 INTERNAL',
    [
      'dynamodb:BatchGetItem',
      'memberships-http may not read Group, Membership, Session, Authority: add them to rights.http.read in functions/groups/memberships/contract.ts',
    ],
  ]);
  // The form is signed by the function, so the bucket judges it by the function's rights.
  expect(await walkWithout(withoutGrant('FilesHttp', 's3:PutObject'))).toEqual(['upload: AccessDenied', undefined]);
});

test('without the right to post, the inbox has it, the socket is silent, and the change is parked', async () => {
  const edit = withoutGrant('LiveStream', 'execute-api:ManageConnections');

  const [came, found] = await walkWithout(edit, async (moim) => [
    (await itemsOf(moim, 'Notification', { notice: 'CERTIFICATION_APPROVED' })).length,
    moim.queues.messages('Parked').length,
    refusals(moim, 'live-stream'),
    remedies(moim, 'live-stream'),
  ]);

  expect([came, found]).toEqual([
    'socket event: none came',
    [
      1,
      // The news of the decision, and what tells open pages of the submission and of the decision.
      3,
      ['execute-api:ManageConnections'],
      [
        'live-stream may not post to sockets: set consumers.<name>.rights.postToSockets in functions/<area>/<feature>/contract.ts',
      ],
    ],
  ]);
});

test('without the authorizer’s permission guests are served and nobody else', async () => {
  const permission = (name: string) => without('AWS::Lambda::Permission', (_, id) => id.startsWith(name));

  expect(await walkWithout(permission('SessionsHttpAuthorizer'))).toEqual([
    'own account: 500 Internal Server Error',
    undefined,
  ]);
  expect(await walkWithout(permission('ConnectionsSocketAuthorizer'))).toEqual(['socket: refused with 500', undefined]);
});

test('without its stream source a feature hears of nothing', async () => {
  const source = (id: string) => without('AWS::Lambda::EventSourceMapping', (_, name) => name.includes(id));

  expect(await walkWithout(source('LiveStream'))).toEqual(['mail: none came', undefined]);
});

test('without its schedule a job is not run', async () => {
  const came = await walkWithout(without('AWS::Scheduler::Schedule', () => true));

  expect(came).toEqual(['there is no schedule reconcile', undefined]);
});
