/** Rows 71, 126: read marks only move forward, and what is unread follows from numbers. */
import { useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { ask, chatting, listening, say } from './support.ts';

const moim = useMoim();

test('unread counts messages after the mark; deletions make none; a smaller number changes nothing', async () => {
  const here = await chatting(moim, 2);
  const [leader, member] = here.people;
  for (const [n, text] of ['a', 'b', 'c'].entries()) await say(moim, leader!, here, text, n);
  const { body: page } = await leader!.get(`${here.room}/entries?after=0`);
  await moim.settle();
  const mine = async () => (await member!.get(`${here.path}/rooms`)).body.items[0];
  const mark = (seq: number) => member!.put(`${here.room}/read-mark`, { seq });

  const before = await mine();
  await leader!.delete(`${here.room}/messages/${page.entries[0].id}`);
  await moim.settle();
  const afterDeletion = await mine();
  const marks = [await mark(2), await mark(1), await mark(5)];
  const read = await mine();
  await mark(4);

  expect([before.mine, before.head]).toEqual([{ seq: 0, unread: 3 }, 3]);
  expect([afterDeletion.mine.unread, afterDeletion.head]).toEqual([3, 4]);
  expect(marks.map(outcome)).toEqual([204, 204, 'RESUME_FIRST']);
  expect(read.mine).toEqual({ seq: 2, unread: 1 });
  expect((await mine()).mine).toEqual({ seq: 4, unread: 0 });
});

test('who has read a message is counted from the marks of those who are there', async () => {
  const here = await chatting(moim, 3);
  const [leader, reader, gone] = here.people;
  await say(moim, leader!, here, 'a');
  await say(moim, leader!, here, 'b', 1);
  await reader!.put(`${here.room}/read-mark`, { seq: 1 });
  await gone!.put(`${here.room}/read-mark`, { seq: 2 });
  await leave(gone!, here);
  await moim.settle();

  const { body } = await leader!.get(`${here.room}/read-marks`);

  expect(body.members).toBe(2);
  expect(new Map(body.items.map(({ accountId, seq }: { accountId: string; seq: number }) => [accountId, seq]))).toEqual(
    new Map([
      [leader!.id, 0],
      [reader!.id, 1],
    ]),
  );
});

test('the last numbers of many rooms are one question; rooms of others are left out', async () => {
  const here = await chatting(moim, 2);
  const there = await chatting(moim, 1);
  await say(moim, here.leader, here, 'a');
  await say(moim, there.leader, there, 'b');
  await moim.settle();
  const { socket } = await listening(here.members[0]!, here);

  const rooms = [here, there].map(({ groupId, roomId }) => ({ groupId, roomId }));
  const { data } = await ask(socket, 'chat.heads', { rooms });

  expect(data.rooms).toEqual([{ roomId: here.roomId, head: 1, unread: 1 }]);
  socket.close();
});

test('the list of rooms shows the last line, to each as they may see it, and nothing of what is gone', async () => {
  const here = await chatting(moim, 4);
  const [leader, author, blocker, reporter] = here.people;
  await blocker!.put(`/v1/accounts/me/blocks/${author!.id}`);
  const last = async (who: typeof leader) => {
    await moim.settle();
    const { last: line } = (await who!.get(`${here.path}/rooms`)).body.items[0];
    return line && [line.seq, line.state, line.text];
  };

  const none = await last(leader);
  await say(moim, leader!, here, 'first');
  const { id } = await say(moim, author!, here, `${'가'.repeat(90)}`, 1);
  const shown = await last(leader);
  const blocked = await last(blocker);
  await reporter!.post(`${here.path}/reports`, { subject: `message:${id}`, reason: 'SPAM' });
  const reported = [await last(reporter), await last(leader)];
  await author!.delete(`${here.room}/messages/${id}`);
  const deleted = await last(leader);

  expect(none).toBeNull();
  expect(shown).toEqual([2, 'SHOWN', '가'.repeat(80)]);
  expect(blocked).toEqual([2, 'BLOCKED', null]);
  expect(reported).toEqual([[2, 'HIDDEN', null], shown]);
  expect(deleted).toEqual([2, 'DELETED', null]);
});
