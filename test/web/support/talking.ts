/** A study whose people have talked: the main room, a room for plans with new messages, one that was closed. */

import { challenge, type Moim, type Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { jpegOf, painted, pngBomb } from '../../support/pictures.ts';
import { newMessage, study, uploadTo } from '../../talking/chat/support.ts';

export interface Talking {
  readonly groupId: string;
  readonly path: string;
  readonly planId: string;
  readonly closedId: string;
  /** Where files were sent. */
  readonly filesId: string;
  readonly jiu: Person;
  readonly seojun: Person;
}

/** Somebody says something over HTTP, from the end of the room. */
async function tells(who: Person, path: string, roomId: string, text: string, more: object = {}) {
  const room = `${path}/rooms/${roomId}`;
  const { body: page } = await who.get(`${room}/entries?limit=1`);
  const { status, body } = await who.post(`${room}/messages`, newMessage(text, page.entries[0]?.seq ?? 0, more));
  if (status !== 201) throw new Error(`not said: ${JSON.stringify(body)}`);
  return body as { readonly id: string; readonly seq: number };
}

const first = [
  ['jiu', '다들 안녕하세요! 오늘부터 함께 달려요 🙌'],
  ['mina', '반가워요 :)'],
  [
    'seojun',
    '저는 퇴근이 늦어서 밤 10시 이후에 올릴게요. 주말에는 아침에도 시간이 있으니까, 모의 면접은 토요일 오전에 해 보면 어떨까요?',
  ],
] as const;
const then = [
  ['jiu', '3장까지 다 읽었어요'],
  ['jiu', '트리 순회 부분이 헷갈리는데, 정리해 둔 글이 있을까요?'],
  ['mina', '있어요! 저녁에 올릴게요.'],
] as const;

/** @param mina the leader */
export async function talking(moim: Moim, mina: Person): Promise<Talking> {
  const [jiu, seojun] = [await someone(moim, '지우'), await someone(moim, '서준')];
  const of = { mina, jiu, seojun };
  const about = { ...study, title: '기술 면접 함께 준비하기', category: 'IT', endDate: '2026-06-30' };
  const { groupId, path } = await foundStudy(mina, about, jiu, seojun);
  for (const [who, text] of first) await tells(of[who], path, groupId, text);
  await moim.clock.advance(4 * 60_000);
  const { body: plan } = await jiu.post(`${path}/rooms`, { category: 'PLAN' });
  const { body: old } = await jiu.post(`${path}/rooms`, { category: 'QNA' });
  await tells(seojun, path, old.id, '스터디 첫날은 언제인가요?');
  await moim.settle();
  await mina.post(`${path}/rooms/${old.id}/close`);
  const { body: files } = await seojun.post(`${path}/rooms`, { category: 'PROGRESS' });
  await shares(moim, path, files.id, { mina, seojun });
  const slip = await tells(seojun, path, groupId, '앗, 잘못 보냈어요');
  await seojun.delete(`${path}/rooms/${groupId}/messages/${slip.id}`);
  await moim.clock.advance(2 * 60_000);
  for (const [who, text] of then) await tells(of[who], path, groupId, text);
  await mina.put(`${path}/rooms/${groupId}/read-mark`, { seq: 8 });
  await tells(seojun, path, groupId, '오 저도 궁금했어요. 기다릴게요!', { replyTo: 8 });
  await tells(seojun, path, plan.id, '토요일 10시에 모의 면접 어때요?');
  await moim.settle();
  return { groupId, path, planId: plan.id, closedId: old.id, filesId: files.id, jiu, seojun };
}

/** Photos and documents, with words and without. */
async function shares(
  moim: Moim,
  path: string,
  roomId: string,
  of: { readonly mina: Person; readonly seojun: Person },
) {
  const { mina, seojun } = of;
  const room = `${path}/rooms/${roomId}`;
  const photo = (who: Person, name: string, width: number, height: number) =>
    jpegOf(painted(width, height)).then((file) => uploadTo(who, { room }, name, 'image/jpeg', file));
  const pdf = Buffer.from(`%PDF-1.7 ${'what we are going to do '.repeat(2000)}`);
  const plan = (who: Person, name: string) => uploadTo(who, { room }, name, 'application/pdf', pdf);
  const shots = [await photo(seojun, 'a.jpg', 900, 1200), await photo(seojun, 'b.jpg', 1200, 900)];
  const three = [...shots, await photo(seojun, 'c.jpg', 1600, 700)];
  // Nobody writes more than three messages a second.
  await moim.clock.advance(2000);
  const { seq } = await tells(seojun, path, roomId, '오늘 푼 문제예요', { fileIds: three });
  await tells(seojun, path, roomId, '', { text: undefined, fileIds: [await plan(seojun, '알고리즘 3주차 정리.pdf')] });
  await tells(mina, path, roomId, '', { text: undefined, fileIds: [await photo(mina, 'd.jpg', 1200, 800)] });
  const more = [await photo(mina, 'e.jpg', 800, 1000), await plan(mina, '모의 면접 질문 모음과 좋은 답변.pdf')];
  await tells(mina, path, roomId, '저도 정리했어요. 편할 때 봐 주세요!', { fileIds: more, replyTo: seq, silent: true });
  // One that looks whole until it is decoded, beside a good one.
  const hollow = await uploadTo(seojun, { room }, 'f.png', 'image/png', pngBomb(1000, 1000));
  const last = [hollow, await photo(seojun, 'g.jpg', 900, 900)];
  await moim.clock.advance(2000);
  await tells(seojun, path, roomId, '', { text: undefined, fileIds: last });
  await moim.settle();
}

async function foundStudy(leader: Person, about: object, ...members: Person[]) {
  const { status, body } = await leader.post('/v1/groups', challenge(about));
  if (status !== 201) throw new Error(`the study was not founded: ${JSON.stringify(body)}`);
  const path = `/v1/groups/${body.id}`;
  for (const member of members) await member.post(`${path}/members`);
  return { groupId: body.id as string, path };
}
