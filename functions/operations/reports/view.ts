/** Reports and what was reported, as those who decide see them. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { hostOf } from '../../../shared/product/text.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { keysOf } from '../../activity/certifications/photo.ts';
import { kindOf } from '../../activity/written/reported.ts';
import type { Said } from '../../activity/written/rules.ts';
import { reasons } from './contract.ts';
import type { ReportCaseItem } from './items.ts';
import { isOfGroup } from './rules.ts';
import { stateOf } from './store.ts';

/** Everything that reporters wrote of a thing, in no order. */
const textsOf = (item: ReportCaseItem): string[] =>
  Object.keys(item).flatMap((name) => (isText(name) ? (item[name] ?? []) : []));
const isText = (name: string): name is `text ${string}` => name.startsWith('text ');

export async function viewsOf(table: Table, cases: readonly ReportCaseItem[], locale: Locale) {
  const nicknames = await nicknamesOf(
    table,
    cases.flatMap(({ authorId }) => authorId ?? []),
  );
  return cases.map((each) => {
    const { groupId, subject, authorId, open, reportedAt } = each;
    return {
      // A plan does not say of which group it is, and a private message is of none.
      groupId: isOfGroup(subject) ? groupId : null,
      subject,
      author:
        authorId === undefined
          ? null
          : { id: authorId, nickname: nicknames.get(authorId) ?? catalogOf(locale).unknownPerson },
      state: stateOf(each),
      reports: open,
      reasons: reasons.flatMap((reason) => {
        const count = each[`reason ${reason}`];
        return count ? [{ reason, count }] : [];
      }),
      texts: textsOf(each),
      reportedAt,
    };
  });
}

/** What was reported, in its group, as it is now. */
export interface Reported {
  readonly groupId: string;
  readonly said: Said;
  readonly hiddenAt: string | undefined;
}

/** One report with what was reported; null in its place if that is gone for good. Links to photos are signed here, without a request. */
export async function reportView(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  of: ReportCaseItem,
  thing: Reported | undefined,
  locale: Locale,
) {
  const [[report], reported] = await Promise.all([
    viewsOf(table, [of], locale),
    thing ? thingView(bucket, of.subject, thing) : null,
  ]);
  return { ...report!, reported };
}

async function thingView(bucket: Bucket, subject: string, { groupId, said, hiddenAt }: Reported) {
  const { text, link, photos = [], files = [], writtenAt, deletedAt } = said;
  const urls = await Promise.all(photos.map((photo) => bucket.show(photo.key ?? keysOf(groupId, photo).full)));
  return {
    kind: kindOf(subject),
    text: text || null,
    link: link ?? null,
    linkHost: link ? hostOf(link) : null,
    images: photos.map(({ width, height }, at) => ({ url: urls[at]!, width, height })),
    files: [...files],
    writtenAt,
    hiddenAt: hiddenAt ?? null,
    deletedAt: deletedAt ?? null,
  };
}
