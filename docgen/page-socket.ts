import { type Html, html, prose } from './html.ts';
import { type Json, type JsonObject, resolve } from './json.ts';
import { fieldTable } from './page-fields.ts';

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
 * The socket's messages as sections that can be unfolded: actions of clients with their replies, and events of the
 * server.
 */
export function socketItems(asyncapi: JsonObject): readonly Html[] {
  const operations = Object.entries(asyncapi.operations as unknown as Readonly<Record<string, SocketOperation>>);
  const message = ({ $ref }: { $ref: string }) => resolve(asyncapi, $ref) as unknown as Message;

  return operations.map(([name, { action, title, summary, messages, reply }]) => {
    const [reply1, refused] = reply?.messages.map(message) ?? [];
    const { payload, description } = message(messages[0]!);
    return html`<details class="item" id="socket-${name}">
<summary><span class="method WS">${action === 'receive' ? 'SEND' : 'RECEIVE'}</span><span class="path">${title}</span><span class="said">${summary}</span></summary>
<div>${payload.properties.data === undefined ? '' : html`<h4>data</h4>${fieldTable(payload.properties.data, asyncapi, true)}`}
${reply1 ? html`<h4>data of the reply</h4>${fieldTable(reply1.payload.properties.data, asyncapi, true)}` : ''}
${refused ? html`<h4>Refusals</h4>${prose(refused.description)}` : ''}
${description ? html`<h4>Refusals</h4>${prose(description)}` : ''}</div></details>`;
  });
}
