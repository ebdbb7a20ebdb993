import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { cheerKinds } from './values.ts';

const kind = z.enum(cheerKinds);

/** The cheers of a certification, as everybody sees them who sees it. */
export const cheers = z
  .array(
    z.object({ kind, count: z.int().min(1), mine: z.boolean().meta({ description: 'Whether you are among them' }) }),
  )
  .meta({ description: 'How many people cheer, by kind. Kinds without anybody are left out' });

const path = '/v1/groups/{groupId}/certifications/{certificationId}/cheers';

const cheer = route({
  method: 'PUT',
  path: `${path}/me`,
  summary: 'Cheer for a certification',
  description:
    'Members who see the certification, but not its author; others get 404. For an approved certification, one of each kind. Idempotent: cheering again with the same kind changes nothing. The author is notified at most once a day for each certification.',
  auth: 'account',
  body: z.strictObject({ kind }),
  problems: ['NOT_APPLICABLE'],
});

const takeBackCheer = route({
  method: 'DELETE',
  path: `${path}/me`,
  summary: 'Take back your cheer',
  description: 'Members who see the certification; others get 404. Without `kind`, all of yours. Idempotent.',
  auth: 'account',
  query: z.strictObject({ kind: kind.optional() }),
});

const listCheers = route({
  method: 'GET',
  path,
  summary: 'List who cheers for a certification',
  description:
    'Members who see the certification; others get 404. Ordered by account; a new cheer is listed within seconds. People you blocked are left out, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(
    z
      .object({
        account: z.object({ id, nickname: z.string(), picture: thumbnail }),
        kinds: z.array(kind).min(1),
        cheeredAt: instant.meta({ description: 'When the last of the kinds was added' }),
      })
      .meta({ id: 'Cheer' }),
  ),
});

const count = z.int().min(0);
const cheersChanged = serverEvent({
  name: 'cheers.changed',
  summary: 'The cheers for a certification that you may see have changed',
  data: z
    .object({
      ...{ groupId: id, certificationId: id },
      ...{ HEART: count, CLAP: count, FIRE: count, SMILE: count, CRY: count, STAR: count },
    })
    .meta({ id: 'CheersChanged', description: 'How many people cheer, by kind' }),
});
export type CheersChanged = z.infer<typeof cheersChanged.data>;

export const contract = feature({
  name: 'cheers',
  summary: 'Cheers for certifications',
  routes: { cheer, takeBackCheer, listCheers },
  events: { cheersChanged },
  consumers: {
    dropCheers: {
      summary: 'Deletes the cheers for a certification that was deleted',
      entity: 'Certification',
      on: ['REMOVE'],
      lane: 'background',
      rights: { query: ['cheersOfCertification'], write: ['CheerCount'], remove: ['Cheer', 'Cheerer'] },
      keeps: ['groupId', 'certificationId'],
    },
    listCheer: {
      summary: 'Lists who cheers for a certification',
      entity: 'Cheer',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: { read: ['Cheer', 'Certification'], write: ['Cheerer'], remove: ['Cheer'] },
      keeps: ['groupId', 'certificationId', 'accountId'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Certification', 'Reported', 'Cheer', 'Account'],
      query: ['cheersOfCertification', 'rosterOfGroup', 'blocksOfAccount'],
      write: ['Cheer', 'CheerCount', 'Quota'],
      readObjects: ['pictures/'],
    },
  },
});
