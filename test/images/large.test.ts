/** Report 33: what phones take today, 48 megapixels, is a photo like others. */
import { processImage } from '../../shared/images/process.ts';
import { stillOf } from '../../shared/images/still.ts';
import { limits } from '../../shared/product/limits.ts';
import { asPlanted, headerOf, jpegOf } from '../support/pictures.ts';

const [width, height] = [8064, 6048];

/** Stripes of two colours, which make a file of a few MB. */
function striped() {
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) pixels.fill(y % 16 < 8 ? 0xff2040d0 : 0xffc0a030, y * width, y * width + width);
  return { data: new Uint8ClampedArray(pixels.buffer), width, height };
}

test('a photo of 48 megapixels, turned by the camera, becomes 1,600 and 480 pixels; one of more than 50 is too large', async () => {
  const file = asPlanted(await jpegOf(striped(), { progressive: false, quality: 60 }), 6);

  const still = stillOf(file, limits.photo.maxPixels);
  if (typeof still === 'string') throw new Error(still);
  // The subject is what is made of it: here it may take as long as a slow machine needs.
  const made = await processImage(still, { ...limits.photo, seconds: 240 });

  expect(still).toMatchObject({ width, height, orientation: 6 });
  expect(headerOf(made!.full)).toEqual({ type: 'image/webp', width: 1200, height: 1600 });
  expect(headerOf(made!.thumbnail)).toEqual({ type: 'image/webp', width: 360, height: 480 });
  expect(stillOf(file, width * height - 1)).toBe('photoPixels');
});
