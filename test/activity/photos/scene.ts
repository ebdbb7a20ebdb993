/** Photos of certifications, and what people see of them. */
import type { Actor, Reply } from '../../support/actor.ts';
import { type Moim, upload } from '../../support/moim.ts';
import type { Team } from '../../support/scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;
type Place = Pick<Team, 'groupId' | 'missionId' | 'path'>;

export const typeOf = (file: Uint8Array) =>
  file[0] === 0xff ? 'image/jpeg' : file[0] === 0x89 ? 'image/png' : 'image/webp';

/** Submits a certification with these files. */
export async function submit(
  person: Actor,
  { groupId, missionId, path }: Place,
  files: readonly Uint8Array[],
  headers: Record<string, string> = {},
): Promise<Reply<Json>> {
  const uploadIds = [];
  for (const file of files) uploadIds.push(await upload(person, groupId, file, typeOf(file)));
  return person.post(`${path}/missions/${missionId}/certifications`, { uploadIds }, headers);
}

export async function fetched(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

const bucketName = (moim: Moim) => moim.functions.find(({ id }) => id === 'files-http')!.environment.BUCKET_NAME!;
export const objectsUnder = (moim: Moim, prefix: string): string[] =>
  moim.bucket
    .list(bucketName(moim))
    .map(({ key }) => key)
    .filter((key) => key.startsWith(prefix));

/** Lets nobody read photos until it is called: those that were sent meanwhile are not decoded before. */
export function holdPhotos(moim: Moim): () => void {
  const { handle } = moim.bucket;
  const waiting: (() => void)[] = [];
  moim.bucket.handle = async (request, caller) => {
    if (request.method === 'GET' && request.path.includes('/certifications/'))
      await new Promise<void>((resolve) => waiting.push(resolve));
    return handle(request, caller);
  };
  return () => {
    moim.bucket.handle = handle;
    for (const go of waiting) go();
  };
}
