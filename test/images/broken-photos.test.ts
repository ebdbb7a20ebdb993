/** Row 118: files that were good photos once, through the front door: none fails the server, none that is no photo is kept. */
import { upload, useMoim } from '../support/moim.ts';
import { crowd, renew } from '../support/people.ts';
import { asExtended, asPlanted, headerOf, jpegOf, painted, pngOf, talkative, webpOf } from '../support/pictures.ts';
import { certify, team } from '../support/scene.ts';

const moim = useMoim();
/** `IMAGE_MUTATIONS=5000 npx jest test/images/broken` sends more. */
const files = Math.max(200, Number(process.env.IMAGE_MUTATIONS ?? 0));

/** Numbers that look random and are the same in each run. */
let state = 7;
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state % below;
};

/** Bytes overwritten, a stretch taken out or put in twice, the end cut off. */
function spoilt(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  for (let i = random(4); i >= 0; i--) copy[random(copy.length)] = random(256);
  const [at, length] = [random(copy.length), random(30)];
  const parts: Buffer[][] = [
    [copy],
    [copy.subarray(0, at), copy.subarray(at + length)],
    [copy.subarray(0, at + length), copy.subarray(at)],
    [copy.subarray(0, copy.length - length - 1)],
  ];
  return Buffer.concat(parts[random(parts.length)]!);
}

test(
  'row 118: of 200 spoilt photos each is refused with a reason, ends as broken, or shows an image',
  async () => {
    const pixels = painted(40, 30);
    const webp = await webpOf(pixels);
    const originals: [string, Buffer][] = [
      ['image/jpeg', asPlanted(await jpegOf(pixels), 6)],
      ['image/jpeg', await jpegOf(pixels, { progressive: false })],
      ['image/png', pngOf(pixels, talkative(3))],
      ['image/webp', webp],
      ['image/webp', asExtended(webp, pixels)],
    ];
    const [leader] = await crowd(moim, 1);
    const here = { ...(await team(moim)), member: leader! };
    await leader!.post(`${here.path}/members`);
    const { body } = await certify(leader!, here);
    const one = `${here.path}/certifications/${body.id}`;
    const ends = new Map<string, number>();
    const count = (end: string) => ends.set(end, (ends.get(end) ?? 0) + 1);

    for (let n = 0; n < files; n++) {
      // So many uploads are allowed in a day.
      if (n > 0 && n % 190 === 0) {
        await moim.clock.advance(86_400_000);
        await renew(moim, leader!);
      }
      const [type, original] = originals[n % originals.length]!;
      const file = spoilt(original);
      const sent = await leader!.patch(one, { uploadIds: [await upload(leader!, here.groupId, file, type)] });
      if (sent.status !== 200) {
        expect(sent.body.errors?.[0].reason ?? `${sent.body.code} without a reason`).toMatch(/\.$/);
        count(sent.body.code);
        continue;
      }
      await moim.settle();
      const { body: now } = await leader!.get(one);
      count(now.imagesState);
      for (const url of now.images) {
        const shown = Buffer.from(await (await fetch(url)).arrayBuffer());
        expect(headerOf(shown)).toMatchObject({ type: 'image/webp' });
        expect(shown.includes('GPS')).toBe(false);
      }
    }

    expect([...ends.keys()].sort()).toEqual(['BROKEN', 'READY', 'UPLOAD_INVALID']);
  },
  60_000 + files * 1000,
);
