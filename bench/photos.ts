/** What photos cost: kept, made smaller, and shown. */
import { billOf, egress, freeEgress, type Region, sumOf, type Usage } from './prices.ts';
import { photoHabits, visits } from './profile.ts';

/** Bytes of what is kept of a photo, and of what is loaded for a feed and for a photo that was opened. */
export interface PhotoPlan {
  readonly name: string;
  readonly kept: readonly number[];
  readonly feed: number;
  readonly opened: number;
  /** Seconds of a processor core to make smaller ones of a photo. */
  readonly makingSeconds: number;
}

const gigabyte = 1e9;
/** A whole core of Lambda, in GB. */
const coreGb = 1769 / 1024;

/**
 * The part of looks at a feed for which a browser has to load its photos: the first look of a visit, and each later one
 * before which the addresses have changed.
 */
export function loadedShare(
  { feeds, steadyMinutes } = photoHabits as { feeds: number; steadyMinutes: number },
): number {
  const looks = feeds / visits.times;
  const between = visits.minutes / looks;
  return (1 + Math.max(0, looks - 1) * Math.min(1, between / steadyMinutes)) / Math.max(1, looks);
}

/** What the photos of so many people use in a month. */
export function photoUsage(plan: PhotoPlan, people: number): { readonly usage: Usage; readonly egressGb: number } {
  const { sent, feeds, photosAFeed, opened, keptMonths, edges } = photoHabits;
  const photos = sent * people;
  const inFeeds = feeds * loadedShare() * photosAFeed * people;
  const alone = opened * people;
  const keptBytes = plan.kept.reduce((all, bytes) => all + bytes, 0);
  return {
    usage: {
      bucketGb: (photos * keptMonths * keptBytes) / gigabyte,
      // The upload, what is left of it without metadata, and each file that is kept.
      bucketPut: photos * (2 + plan.kept.length),
      // The request reads the upload, the decoder what is left of it; each edge fetches each file once.
      bucketGet: photos * (1 + (plan.makingSeconds > 0 ? 1 : 0) + edges * plan.kept.length),
      lambdaGbSecond: photos * plan.makingSeconds * coreGb,
      edgeRequest: inFeeds + alone,
      edgeFunction: inFeeds + alone,
    },
    egressGb: (inFeeds * plan.feed + alone * plan.opened) / gigabyte,
  };
}

export interface PhotoBill {
  readonly kept: number;
  readonly making: number;
  readonly requests: number;
  readonly egress: number;
  readonly all: number;
}

/** US dollars of a month. `free counted` leaves to photos all that CloudFront and Lambda give for ever. */
export function photoBill(
  { usage, egressGb }: ReturnType<typeof photoUsage>,
  region: Region,
  free: 'free counted' | 'free aside',
): PhotoBill {
  const { bucketGb = 0, lambdaGbSecond = 0, ...requests } = billOf(usage, region, free);
  const bill = {
    kept: bucketGb,
    making: lambdaGbSecond,
    requests: sumOf(requests),
    egress: egress(egressGb, region, free === 'free counted' ? freeEgress : 0),
  };
  return { ...bill, all: sumOf(bill) };
}
