/** Photos on their way from the camera to the bucket. */
import { NoAnswerError } from '../../../client/problem-error.ts';

/** A photo as it is sent: at most 1,600 pixels long, as moim keeps it, and without the place and the camera (EXIF). */
export interface Photo {
  readonly blob: Blob;
  /** An address for `<img>`. Give it back with `URL.revokeObjectURL`. */
  readonly url: string;
}

/** Pixels, and JPEG's measure: 3200x2400 with 598 KB become 113 KB. */
const longest = 1600;
const quality = 0.82;

/** @throws if the browser cannot open the file: HEIC outside Safari, or no picture at all */
export async function shrink(file: Blob): Promise<Photo> {
  // `from-image` turns it as the camera was held.
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no picture'))), 'image/jpeg', quality),
  );
  return { blob, url: URL.createObjectURL(blob) };
}

interface Form {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Sends a file straight to the bucket. `fetch` does not tell how much was sent, so it is an XMLHttpRequest.
 *
 * @throws NoAnswerError if the bucket did not take it: the same form may be sent again
 * @param progress is called with the part that was sent, from 0 to 1
 */
export function upload({ url, fields }: Form, blob: Blob, progress: (part: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', blob);
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new NoAnswerError(`the bucket answered ${request.status}`));
    request.onerror = () => reject(new NoAnswerError('the upload broke off'));
    request.send(form);
  });
}
