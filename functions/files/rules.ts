/**
 * What an image is by its first bytes, whatever it is called: JPEG starts FF D8 FF, PNG with its eight byte signature,
 * WebP is a RIFF container that says WEBP.
 */
export function imageTypeOf(head: Uint8Array): 'image/jpeg' | 'image/png' | 'image/webp' | undefined {
  const bytes = Buffer.from(head);
  const text = bytes.toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return undefined;
}

/** Where an upload arrives; the bucket drops what is there after a day. */
export const arrivalKey = (uploadId: string) => `uploads/${uploadId}`;
/**
 * Where the image of a certification stays. The content's tag is part of the key: whoever swaps the file between two uses
 * makes another object, and cannot change one that is in use.
 */
export const certificationKey = (groupId: string, uploadId: string, etag: string) =>
  `certifications/${groupId}/${uploadId}-${etag.replaceAll('"', '')}`;
