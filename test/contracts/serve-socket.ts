import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

interface Message {
  readonly id: number;
  readonly action: string;
  readonly data: unknown;
}

/** A socket server: `answer` says what comes back for a message, undefined for nothing. */
export async function serveSocket(answer: (message: Message) => unknown = ({ id }) => ({ id, ok: true, data: {} })) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const messages: Message[] = [];
  const connections: WebSocket[] = [];
  const waiting: (() => void)[] = [];
  const changed = () => {
    for (const go of waiting.splice(0)) go();
  };
  server.on('connection', (socket) => {
    connections.push(socket);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      messages.push(message);
      const reply = answer(message);
      if (reply !== undefined) socket.send(typeof reply === 'string' ? reply : JSON.stringify(reply));
      changed();
    });
    socket.on('close', changed);
    changed();
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    connections,
    /** Waits until something that this server sees has come about. */
    async until(holds: () => boolean) {
      while (!holds()) await new Promise<void>((go) => waiting.push(go));
    },
    openCount: () => connections.filter(({ readyState }) => readyState === WebSocket.OPEN).length,
    async close() {
      for (const socket of connections) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
