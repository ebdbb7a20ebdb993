import { type Html, html, prose } from './html.ts';
import { type Json, type JsonObject, resolve } from './json.ts';
import { fieldTable } from './page-fields.ts';
import { type Blocks, pretty, socketCall } from './page-samples.ts';
import type { Samples } from './samples.ts';

interface SocketOperation {
  readonly action: 'send' | 'receive';
  readonly title: string;
  readonly summary: string;
  readonly messages: readonly { $ref: string }[];
  readonly reply?: { readonly messages: readonly { $ref: string }[] };
}
interface Message {
  readonly summary: string;
  readonly description?: string;
  readonly payload: { readonly properties: Readonly<Record<string, Json>> };
}

/**
 * The socket's messages as sections that can be unfolded: actions of clients with their replies, and events of the server, each
 * with a sample.
 */
export function socketItems(asyncapi: JsonObject, samples: Samples, blocks: Blocks): readonly Html[] {
  const operations = Object.entries(asyncapi.operations as unknown as Readonly<Record<string, SocketOperation>>);
  const message = ({ $ref }: { $ref: string }) => resolve(asyncapi, $ref) as unknown as Message;

  return operations.map(([name, { action, title, summary, messages, reply }]) => {
    const [reply1, refused] = reply?.messages.map(message) ?? [];
    const { payload, description } = message(messages[0]!);
    return html`<details class="item" id="socket-${name}">
<summary><span class="method WS">${action === 'receive' ? 'SEND' : 'RECEIVE'}</span><span class="path">${title}</span><h3>${summary}</h3></summary>
<div class="two"><div class="said"><p class="address"><a href="#socket-${name}">#socket-${name}</a></p>
${payload.properties.data === undefined ? '' : html`<h4>Data</h4>${fieldTable(payload.properties.data, asyncapi, true)}`}
${reply1 ? html`<h4>Data of the reply</h4>${fieldTable(reply1.payload.properties.data, asyncapi, true)}` : ''}
${refused ? html`<h4>Refusals</h4>${prose(refused.description)}` : ''}
${description ? html`<h4>Refusals</h4>${prose(description)}` : ''}</div>
<div class="samples">${sampleOf(name, title, samples, blocks)}</div></div></details>`;
  });
}

function sampleOf(
  name: string,
  title: string,
  { actions, events, refusedMessage }: Samples,
  blocks: Blocks,
): Html | undefined {
  const action = actions[name];
  if (action) {
    const call = `const reply = await ${socketCall(title, action.message.data)};`;
    return html`${blocks.frame('Message', action.message, call)}${blocks.answer('Reply', action.reply)}`;
  }
  const event = events[title];
  if (event)
    return blocks.frame(
      'Event',
      event,
      `socket.on('${title}', (data) => {\n  // ${pretty(event.data!).replaceAll('\n', '\n  // ')}\n});`,
    );
  if (name === 'refused' && refusedMessage)
    return html`${blocks.frame('Message', refusedMessage.message, `await socket.send('paint'); // does not compile`)}${blocks.answer('Reply', refusedMessage.reply)}`;
  return undefined;
}
