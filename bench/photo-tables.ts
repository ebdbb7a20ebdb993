/** The part of money that photos are. */
import { loadedShare, type PhotoPlan, photoBill, photoUsage } from './photos.ts';
import { type PhotoSizes, photoSizes } from './pictures.ts';
import { dollars, freeEgress } from './prices.ts';
import { photoHabits } from './profile.ts';
import { type Table, verdict } from './report.ts';

/** Sides of what is shown in a feed, and of a photo that was opened. */
const sides = { feed: 480, opened: 1600 } as const;
/** The contrast of the finest details: a calm photo, and a busy one, which as a JPEG has the 3 MB of a phone's. */
const calm = 2;
const busy = 4;
/** Seconds of a core to read a photo of 12 megapixels and make it smaller (docs/adr/0008-images.md). */
const makingSeconds = 1.3;

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0);

function sizeTable(measured: readonly (readonly [name: string, sizes: PhotoSizes])[]): Table {
  const largest = measured.at(-1)![1];
  return {
    title: 'Photos and what is made of them',
    compares:
      'KB of painted photos of 12 megapixels, as the JPEG that a phone sends (MozJPEG, quality 92) and as WebP of the product’s own codecs (quality 80; 75 for the small one).',
    columns: ['photo', 'as sent', `${sides.opened} px`, `${sides.feed} px`],
    rows: measured.map(([name, { original, shown }]) => [
      name,
      ...[original, shown[sides.opened]!, shown[sides.feed]!].map(kilobytes),
    ]),
    target: 'the large one <= 300 KB, the small one <= 35 KB',
    verdict: verdict(
      largest.shown[sides.opened]! <= 300_000 && largest.shown[sides.feed]! <= 35_000,
      `${kilobytes(largest.shown[sides.opened]!)} and ${kilobytes(largest.shown[sides.feed]!)} KB of a busy photo`,
    ),
    notes: [
      'A painted photo has details everywhere. Real ones have a sky or a table, so their small pictures are smaller: the bill below is too high rather than too low.',
    ],
  };
}

/** Ways to keep and show photos. The last is what moim does. */
export const plansOf = ({ original, shown }: PhotoSizes): readonly PhotoPlan[] => {
  const [feed, opened] = [shown[sides.feed]!, shown[sides.opened]!];
  return [
    { name: 'as uploaded (before)', kept: [original], feed: original, opened: original, makingSeconds: 0 },
    { name: 'two sizes, and the original kept', kept: [original, opened, feed], feed, opened, makingSeconds },
    { name: 'two sizes alone (today)', kept: [opened, feed], feed, opened, makingSeconds },
  ];
};

function planTable(plans: readonly PhotoPlan[], people: number): Table {
  const bills = plans.map((plan) => {
    const used = photoUsage(plan, people);
    return {
      plan,
      used,
      seoul: photoBill(used, 'ap-northeast-2', 'free counted'),
      aside: photoBill(used, 'ap-northeast-2', 'free aside'),
      virginia: photoBill(used, 'us-east-1', 'free counted'),
    };
  });
  const target = 2;
  const lastsFor = (plan: number) => {
    const exact = (freeEgress / bills.at(plan)!.used.egressGb) * people;
    return Number(exact.toPrecision(2)).toLocaleString('en');
  };
  const { sent, feeds, photosAFeed, opened, keptMonths } = photoHabits;
  return {
    title: 'Photos of 1,000 people, a month, on top',
    compares: `${sent} photos sent by each, kept for ${keptMonths} months; ${feeds} looks at ${photosAFeed} photos, of which a browser loads ${(loadedShare() * 100).toFixed(0)} % anew, because an address stays the same for ten minutes; ${opened} photos opened. In US dollars of Seoul; free use counted, which is shown apart.`,
    columns: [
      'photos are kept',
      'GB kept',
      'GB shown',
      '$ kept',
      '$ made smaller',
      '$ requests',
      '$ shown',
      '**$ together**',
      '$ if nothing were free',
      '$ us-east-1',
    ],
    rows: bills.map(({ plan, used, seoul, aside, virginia }) => [
      plan.name,
      (used.usage.bucketGb ?? 0).toFixed(0),
      used.egressGb.toFixed(0),
      dollars(seoul.kept),
      dollars(seoul.making),
      dollars(seoul.requests),
      dollars(seoul.egress),
      `**${dollars(seoul.all)}**`,
      dollars(aside.all),
      dollars(virginia.all),
    ]),
    target: `<= $${target} in Seoul, with the terabyte that CloudFront gives each account a month`,
    verdict: verdict(
      bills.at(-1)!.seoul.all <= target,
      `$${dollars(bills.at(-1)!.seoul.all)} with two sizes alone; $${dollars(bills[0]!.seoul.all)} as photos were kept before`,
    ),
    notes: [
      `The free terabyte is one for the whole account, and the answers of the API take a little of it. It lasts for ${lastsFor(-1)} people with two sizes, and lasted for ${lastsFor(0)} as photos were kept before.`,
    ],
  };
}

/** Measures the sizes, and says what they cost. */
export async function photoTables(people: number): Promise<Table[]> {
  const measured = [
    ['calm', await photoSizes(calm, Object.values(sides))],
    ['busy', await photoSizes(busy, Object.values(sides))],
  ] as const;
  return [sizeTable(measured), planTable(plansOf(measured[1][1]), people)];
}
