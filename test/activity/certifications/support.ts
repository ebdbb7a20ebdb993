/** Shared by the tests that change a certification: one of a member, and what its author has earned. */
import type { Moim } from '../../support/moim.ts';
import { certify, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

export async function submittedIn(moim: Moim, more: object = {}) {
  const here = await team(moim);
  const { body } = await certify(here.member, here, more);
  await moim.settle();
  return { ...here, one: `${here.path}/certifications/${body.id}`, id: body.id as string, body };
}

/** Bricks as the account counts them, and as they lie there. */
export async function bricksOf(moim: Moim, accountId: string) {
  const [account] = await itemsOf(moim, 'Account', { accountId });
  return [account.bricks, (await itemsOf(moim, 'Brick', { accountId })).length];
}
