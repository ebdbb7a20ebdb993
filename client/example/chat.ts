/**
 * A chat in a terminal, which also answers: whoever writes `!missions` gets the missions of the group.
 * EMAIL=… PASSWORD=… node chat.ts [number of the group]
 */
import { createInterface } from 'node:readline';
import { createClient, createRoom, createSocket, ProblemError } from 'moim-client';

const { MOIM: baseUrl = 'http://127.0.0.1:3000', EMAIL: email = '', PASSWORD: password = '' } = process.env;

const guest = createClient({ baseUrl });
const signingIn = guest.sessions.signIn({ body: { email, password, device: 'Terminal' } });
let session = await signingIn.catch((error: unknown) => {
  console.error(
    error instanceof ProblemError ? `${error.code}: ${error.message}` : `moim does not answer at ${baseUrl}`,
  );
  process.exit(1);
});
const { accountId, deviceToken } = session;

const client = createClient({
  baseUrl,
  getAccessToken: () => session.accessToken,
  async onTokenInvalid() {
    const body = { refreshToken: session.refreshToken ?? '', deviceToken: deviceToken ?? '' };
    session = await guest.sessions.refresh({ body });
    return true;
  },
});

const { items: groups } = await client.groups.listOwnGroups();
for (const [nth, { group }] of groups.entries()) console.log(`${nth + 1}. ${group.title}`);
const groupId = groups[Number(process.argv[2] ?? 1) - 1]?.group.id;
if (!groupId) process.exit(0);

const socket = createSocket({ ticket: () => client.connections.issueSocketTicket() });
const room = createRoom({ client, socket, groupId, roomId: groupId, accountId });

let shown = -1;
room.subscribe(() => {
  const { isRead, entries } = room.get();
  if (!isRead) return;
  // What was said before counts as seen.
  if (shown < 0) {
    shown = entries.at(-1)?.seq ?? 0;
    console.log('You are in. Write a line to send it; Ctrl-D leaves.');
  }
  for (const { seq, text, author } of entries.filter((entry) => entry.seq > shown)) {
    shown = seq;
    console.log(`${author?.nickname ?? '-'}: ${text ?? ''}`);
    if (text === '!missions') void answer(seq);
  }
  room.read(shown);
});

async function answer(replyTo: number) {
  const { items } = await client.missions.listMissions({ params: { groupId: groupId! } });
  room.send({ replyTo, text: items.map(({ title }) => `- ${title}`).join('\n') || 'No missions' });
}

for await (const line of createInterface({ input: process.stdin })) room.send(line);
room.close();
socket.close();
