/** Row 133: links to pictures of progress, which their makers can take back. */
import { memberOf, stillMay, stillMember } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { fingerprint, newSecretId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import { originsOf } from '../../../shared/http/origins.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { requireClub } from '../seasons/service.ts';
import type { contract } from './contract.ts';
import type { ProgressLinkItem } from './items.ts';

type Routes = typeof contract.routes;

/** What the table knows of the secret in an address: whoever reads the claims of pictures finds none. */
export const pictureHash = (linkId: string) => fingerprint('progress-picture', linkId);

/** There is one link of each kind: the same request twice, and two at once, give the same. That is its limit, too. */
export async function makeProgressLink(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['makeProgressLink']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['makeProgressLink']>> {
  const { of, named } = body;
  const key = { groupId, accountId, of };
  const { group, member, link: before } = await memberOf(table, groupId, accountId, { link: ref('ProgressLink', key) });
  if (of === 'GROUP' && !may(member.role, 'shareProgress')) throw new Problem('NOT_FOUND');
  if (of === 'CLIMBS') requireClub(group);
  const link = before ? { ...before, named } : newLink(key, named, now);
  const answer = { body: viewOf(link, environment) };
  const still = of === 'GROUP' ? stillMay('shareProgress', groupId, accountId) : stillMember(groupId, accountId);
  const { linkId, hash } = link;
  await table.commit(
    [
      still,
      or(
        overtaken,
        before
          ? patch('ProgressLink', key, { set: { named } }, is('linkId', linkId))
          : [create('ProgressLink', link), create('ProgressPicture', { ...key, hash })],
      ),
    ],
    answer,
  );
  return answer;
}

function newLink(
  key: Pick<ProgressLinkItem, 'groupId' | 'accountId' | 'of'>,
  named: boolean,
  now: number,
): ProgressLinkItem {
  const linkId = newSecretId();
  return { ...key, linkId, hash: pictureHash(linkId), named, createdAt: iso(now) };
}

const viewOf = (
  { linkId, groupId, of, named, createdAt }: ProgressLinkItem,
  environment: Kernel['environment'],
): Answer<Routes['makeProgressLink']>['body'] => ({
  ...{ id: linkId, groupId, of, named, createdAt },
  // Pages that are developed elsewhere have another address than the API.
  url: `${originsOf(environment)[0]}/v1/progress-pictures/${linkId}`,
});

export async function listProgressLinks(
  { query: { limit, cursor }, account: { accountId } }: RouteRequest<Routes['listProgressLinks']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['listProgressLinks']>> {
  const page = await table.query('progressLinksOf', { accountId }, { limit, cursor });
  return { body: { items: page.items.map((link) => viewOf(link, environment)), nextCursor: page.nextCursor } };
}

/** Link and claim go at once. A link that was made anew meanwhile stays: it has another secret. */
export async function removeProgressLink(
  { params: { linkId }, account: { accountId } }: RouteRequest<Routes['removeProgressLink']>,
  { table }: Kernel,
): Promise<Answer<Routes['removeProgressLink']>> {
  const hash = pictureHash(linkId);
  const claim = await table.get('ProgressPicture', { hash });
  // Somebody else's is answered as one that is gone.
  if (claim?.accountId !== accountId) return noContent;
  await table.commit(
    or(nothing, remove('ProgressPicture', { hash }), remove('ProgressLink', claim, is('linkId', linkId))),
  );
  return noContent;
}
