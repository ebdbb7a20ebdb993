/** Groups that a person finds who is in none of them: to apply to, to join, full, by invite; a plan of one that is over. */
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { uploaded } from '../../support/upload.ts';

const pdf = Buffer.from('%PDF-1.7 what we are going to do');

/** Uploads a file for the recruit post of a group, and shows it there. */
async function showFile(leader: Person, path: string, name: string) {
  const { body: form } = await leader.post(`${path}/files`, { name, type: 'application/pdf', bytes: pdf.length });
  await leader.patch(path, { files: [await uploaded(form, pdf)] });
}

export interface Town {
  /** A challenge that one applies to, with everything that a recruit post may have. */
  readonly openId: string;
  readonly fullId: string;
  /** A challenge that the visitor has applied to. */
  readonly appliedId: string;
  readonly planId: string;
  /** The path of an invite link. */
  readonly invitation: string;
}

export async function town(moim: Moim, visitor: Person): Promise<Town> {
  const [jihun, hana] = [await someone(moim, '지훈'), await someone(moim, 'Hana')];
  const until = { startDate: '2026-03-09', endDate: '2026-04-05' };
  const open = await found(jihun, {
    ...until,
    title: '퇴근 후 30분 영어 낭독',
    description: '하루를 마치고 소리 내어 영어를 읽어요.\n잘 읽지 않아도 괜찮아요. 30분을 채우면 벽돌 한 장이 쌓여요.',
    category: 'FOREIGN_LANGUAGE',
    promise: '막혀도 괜찮아요. 어디서 막혔는지만 나눠요.',
    certificationRule: '30분 낭독하고 녹음 화면 찍기',
    frequency: { every: 'WEEK', times: 5 },
    recruitUntil: '2026-03-06',
    joinPolicy: 'APPLY',
    audience: 'EVERYBODY',
    recruit: {
      target: '평일 저녁 8시 이후에 30분을 낼 수 있는 분',
      info: '교재는 함께 정해요.',
      title: '',
      process: '',
    },
  });
  await showFile(jihun, open.path, '낭독 계획.pdf');
  const full = await found(
    hana,
    {
      ...until,
      title: 'Sunrise runs along the river',
      category: 'SPORTS',
      frequency: { every: 'WEEKEND' },
      capacity: 2,
    },
    jihun,
  );
  const applied = await found(hana, { ...until, title: '한 달에 책 세 권', category: 'READING', joinPolicy: 'APPLY' });
  await visitor.post(`${applied.path}/applications`, {
    message: '퇴근하면 늘 휴대폰만 보다가 잠들어서, 작은 약속을 하고 싶었어요.',
  });
  await found(jihun, { ...until, title: '아침 여섯 시 글쓰기', category: 'HABIT', recruitUntil: '2026-03-04' });
  await visitor.put(`${open.path}/like`);

  const over = await found(hana, {
    ...until,
    title: '30일 알고리즘 기초 다지기',
    description: '하루 한 문제씩, 쉬운 것부터 풀어요.',
  });
  await hana.send('PUT', `${over.path}/status`, { body: { status: 'COMPLETED' } });
  const { body: plan, status } = await hana.post(`${over.path}/plan`, {});
  if (status !== 201) throw new Error(`the plan was not published: ${JSON.stringify(plan)}`);

  const secret = {
    ...until,
    title: '매일 알고리즘 한 문제 2기',
    promise: '늦어도 괜찮아요. 한 줄이라도 써요.',
    joinPolicy: 'LINK',
    visibility: 'PRIVATE',
  };
  const hidden = await found(jihun, secret);
  const { body: link } = await jihun.post(`${hidden.path}/invite-links`, {});
  await moim.settle();
  const { pathname, hash } = new URL(link.url);
  return {
    openId: open.groupId,
    fullId: full.groupId,
    appliedId: applied.groupId,
    planId: plan.id,
    invitation: pathname + hash,
  };
}
