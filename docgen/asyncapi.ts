import type { Action, Feature, ServerEvent } from '../shared/core/contract.ts';
import { limits } from '../shared/product/limits.ts';
import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';
import { type Json, type JsonObject, object } from './json.ts';
import { problemSchema } from './parts.ts';
import { type Schemas, schemaCollector } from './schemas.ts';

const { messageBytes, pingSeconds } = limits.socket;

const about = (ticketRoute: string | undefined) => `One WebSocket per client.

- To open it, ${ticketRoute ? `buy an address with \`${ticketRoute}\`` : 'buy an address over HTTPS'}: it holds a ticket that works once, within ${limits.ticketSeconds.SOCKET} s.
- Send \`{id, action, data}\`; the reply on the same socket is \`{id, ok: true, data}\` or \`{id, ok: false, problem}\`. \`id\` is the client's own: a number, or a text of at most 64 characters.
- The server sends \`{event, data}\` by itself, at least once: an event may come twice.
- A message is at most ${messageBytes / 1024} KB. Send \`ping\` every ${pingSeconds / 60} minutes: the gateway closes after 10 minutes without a message, and after 2 hours in any case. Reconnect with a new ticket before that, and read over HTTP what was missed.

The life of a client's connection:

\`\`\`
            ticket and address        open
  OFFLINE ---------------------> CONNECTING ---------------------> OPEN
     ^                               |                              |  ping every ${pingSeconds / 60} min
     |   refused, no network,        |                              |
     |   not open after 10 s         |                              |
     |<------------------------------+                              |
     |                                                              |
     |   closed, or no reply to a ping within 10 s                  |
     |<-------------------------------------------------------------+
     |   wait 1, 2, 4 ... 30 s, each times a random half to whole;
     |   from 1 s again once a connection has held for 10 s
     |
     |   TOKEN_INVALID twice, also with a new access token
     +---------------------> SIGNED OUT
\`\`\`

- **OFFLINE to CONNECTING:** each attempt buys a ticket of its own. A ticket that is refused with 401 needs a new access token first (\`POST /v1/sessions/refresh\`). An address that has been used, or is too old, is refused with 401 or 403 at the handshake.
- **OPEN:** listen to rooms again, then read over HTTP what you show. Only then can you know that you have missed nothing.
- **After 105 to 115 minutes** open the next connection beside the old one, and close the old one as soon as the new one opens and its last reply has come.
- **Replies** come in any order: \`id\` says what each answers. No reply within 10 s: the message may have been handled or not. Send it again only if the action says that this is safe.
- **Messages without \`id\` and \`event\`** come from the gateway: \`{message, connectionId, requestId}\` with \`Too Many Requests\` (the stage is throttled), \`Forbidden\` or \`Internal server error\`. The message that they answer is not named: its time runs out. **An empty message** follows a reply that was sent early. It means nothing.
- **The server closes** after the reply TOKEN_INVALID: the session has ended. A binary frame, a frame above 32 KB or a message above 128 KB close the connection too.`;

/** The AsyncAPI 3.0 document of the socket: messages of clients with their replies, and messages of the server. */
export function asyncapiDocument(features: readonly Feature[]): JsonObject {
  const schemas = schemaCollector();
  const actions = features.flatMap((feature) => Object.values(feature.actions).map((a) => ({ feature, action: a })));
  const events = features.flatMap((feature) => Object.values(feature.events).map((event) => ({ feature, event })));
  const ticketRoute = features
    .filter(({ answersFor }) => answersFor.includes('lifecycle'))
    .flatMap(({ routes }) => Object.values(routes))
    .find(({ method }) => method === 'POST');

  const protocols = features.flatMap(({ name, protocol }) => (protocol ? [`**${name}.** ${protocol}`] : []));

  const messages: Record<string, Json> = {};
  const operations: Record<string, Json> = {};
  for (const { feature, action } of actions) {
    Object.assign(messages, messagesOf(action, schemas));
    operations[action.name] = operationOf(feature, action);
  }
  for (const { feature, event } of events) {
    messages[`${event.name}.event`] = eventMessage(event, schemas);
    operations[`${event.name}.event`] = sent(`${event.name}.event`, event.name, event.summary, {
      tags: [{ name: feature.name }],
    });
  }
  messages.refused = refusedMessage('Refusal of a message that names no action', unreadable);
  operations.refused = sent(
    'refused',
    'Refusal of a message without an action',
    'The message names no action, or is not a JSON object',
  );
  messages.gateway = gatewayMessage;
  operations.gateway = sent(
    'gateway',
    'Answer of the gateway itself',
    'The function failed or was too late, or too many messages were sent. The answer does not name the message',
  );
  const settled = schemas.settle({ messages, operations } as JsonObject);
  const named = Object.entries(settled.document.messages as Record<string, JsonObject>).map(
    ([name, { payload, ...rest }]) => [name, { ...rest, payload: titled(nameOf(name), payload!) }],
  );
  const shared = Object.entries({ ...settled.schemas, Problem: problemSchema });

  return {
    asyncapi: '3.0.0',
    info: {
      title: 'moim socket',
      version: '1',
      description: [about(ticketRoute && `${ticketRoute.method} ${ticketRoute.path}`), ...protocols].join('\n\n'),
    },
    defaultContentType: 'application/json',
    servers: {
      local: {
        host: '127.0.0.1:{port}',
        protocol: 'ws',
        description: '`npm start`',
        variables: { port: { default: '3001' } },
        security: [{ $ref: '#/components/securitySchemes/ticket' }],
      },
    },
    channels: {
      socket: {
        address: '/',
        title: 'The socket',
        messages: Object.fromEntries(named),
        bindings: {
          ws: {
            method: 'GET',
            query: {
              type: 'object',
              properties: { ticket: { type: 'string', description: 'Works once' } },
              required: ['ticket'],
            },
          },
        },
      },
    },
    operations: settled.document.operations as JsonObject,
    components: {
      schemas: Object.fromEntries(shared.map(([name, schema]) => [name, titled(name, schema)])),
      securitySchemes: {
        ticket: {
          type: 'httpApiKey',
          name: 'ticket',
          in: 'query',
          description: 'Part of the address from the ticket route',
        },
      },
    },
  };
}

/** `chat.send.reply` as `ChatSendReply`. */
const nameOf = (name: string) => name.replace(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Gives what has a type of its own in a schema a title, after the field that it is in: generators of code name types by it. */
function titled(title: string, schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((each) => titled(title, each));
  if (schema === null || typeof schema !== 'object') return schema;
  const known = schema as JsonObject;
  const fields = Object.entries((known.properties ?? {}) as JsonObject);
  const inside = ['items', 'anyOf', 'oneOf', 'allOf'].filter((name) => name in known);
  return {
    ...known,
    ...('properties' in known || 'enum' in known || 'allOf' in known ? { title } : {}),
    ...Object.fromEntries(inside.map((name) => [name, titled(title, known[name]!)])),
    ...(fields.length > 0
      ? { properties: Object.fromEntries(fields.map(([name, field]) => [name, titled(title + nameOf(name), field)])) }
      : {}),
  };
}

const socket: JsonObject = { $ref: '#/channels/socket' };
const messageRef = (name: string): JsonObject => ({ $ref: `#/channels/socket/messages/${name}` });

const clientsId: JsonObject = {
  description: "The client's own name for the message, repeated in the reply",
  anyOf: [{ type: 'string', maxLength: 64 }, { type: 'number' }],
};
const repliedId: JsonObject = {
  description: "The message's `id`; null if it had no readable one",
  anyOf: [{ type: 'string', maxLength: 64 }, { type: 'number' }, { type: 'null' }],
};

const unreadable: readonly ProblemCode[] = ['INTERNAL', 'MALFORMED_BODY', 'MESSAGE_TOO_LARGE', 'UNKNOWN_ACTION'];

/** Every problem that an action may answer, sorted: its own, and those that every action may answer. */
export const problemsOfAction = (action: Action): readonly ProblemCode[] =>
  [
    ...new Set<ProblemCode>([...action.problems, 'INTERNAL', 'INVALID_REQUEST', 'MESSAGE_TOO_LARGE', 'TRY_AGAIN']),
  ].sort();

/** The operation in which the server sends a message by itself. */
const sent = (name: string, title: string, summary: string, more: JsonObject = {}): JsonObject => ({
  action: 'send',
  channel: socket,
  title,
  summary,
  ...more,
  messages: [messageRef(name)],
});

function operationOf(feature: Feature, action: Action): JsonObject {
  const { name, summary } = action;
  return {
    action: 'receive',
    channel: socket,
    title: name,
    summary,
    tags: [{ name: feature.name }],
    messages: [messageRef(name)],
    reply: { channel: socket, messages: [messageRef(`${name}.reply`), messageRef(`${name}.refused`)] },
  };
}

function messagesOf(action: Action, schemas: Schemas): Record<string, Json> {
  const { name, summary } = action;
  const optional = action.data.safeParse({}).success;
  return {
    [name]: message(name, summary, {
      properties: { id: clientsId, action: { const: name }, data: schemas.of(action.data, 'input') },
      required: ['action', ...(optional ? [] : ['data'])],
    }),
    [`${name}.reply`]: message(`${name}.reply`, `The reply to ${name}`, {
      properties: { id: repliedId, ok: { const: true }, data: schemas.of(action.reply, 'output') },
      required: ['id', 'ok', 'data'],
      additionalProperties: false,
    }),
    [`${name}.refused`]: refusedMessage(`${name} is refused`, problemsOfAction(action)),
  };
}

const eventMessage = ({ name, summary, data }: ServerEvent, schemas: Schemas) =>
  message(name, summary, {
    properties: { event: { const: name }, data: schemas.of(data, 'output') },
    required: ['event', 'data'],
    additionalProperties: false,
  });

function refusedMessage(summary: string, codes: readonly ProblemCode[]): JsonObject {
  const problem = {
    allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }],
  };
  return object({
    ...message('problem', summary, {
      properties: { id: repliedId, ok: { const: false }, problem },
      required: ['id', 'ok', 'problem'],
      additionalProperties: false,
    }),
    description: codes.map((code) => `\`${code}\`: ${problemDefinitions[code].when}`).join('\n\n'),
  });
}

const message = (name: string, summary: string, payload: Readonly<Record<string, Json>>): JsonObject => ({
  name,
  summary,
  payload: { type: 'object', ...payload },
});

const gatewayMessage = message('gateway', "API Gateway's own answer, in place of a reply", {
  properties: { message: { type: 'string' }, connectionId: { type: 'string' }, requestId: { type: 'string' } },
  required: ['message'],
});
