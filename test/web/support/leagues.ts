/** A league with people in it. */
import { newId } from '../../../shared/core/ids.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { put } from '../../support/table.ts';

const names = ['지훈', '서연', 'Hana', '도윤', '유나', '소라', '태오', '하람', '가온', '다온', '라온', '마루', '바다'];

/** Bricks of a moment ago, past every route. */
export async function laid(moim: Moim, { id: accountId }: Pick<Person, 'id'>, groupId: string, bricks: number) {
  for (let n = 0; n < bricks; n++) {
    const at = moim.clock.now() - 60_000 + n;
    const what = { earnedAt: new Date(at).toISOString(), category: 'IT', audience: 'UNIVERSITY' } as const;
    await put(moim, 'Brick', { accountId, certificationId: newId(at), groupId, ...what });
  }
}

/** Thirteen people who take part, animals and named ones, each with a brick less than the one before, down to two. */
export async function neighbours(moim: Moim, groupId: string): Promise<void> {
  for (const [n, name] of names.entries()) {
    const who = await someone(moim, name);
    await who.put('/v1/accounts/me/league', { shownAs: n % 3 === 1 ? 'NICKNAME' : 'ANIMAL' });
    await laid(moim, who, groupId, Math.max(2, 14 - n));
  }
  await moim.settle();
}
