import type { EngineRequest, EngineResponse } from '../engine.ts';
import { type Call, emptyAnswer, xmlAnswer } from './call.ts';
import { S3Refusal } from './errors.ts';
import { checkPolicy } from './post-policy.ts';
import { storeObject } from './write-objects.ts';
import { element } from './xml.ts';

export interface PostForm {
  /** The fields before the file, with lower-case names. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Uint8Array;
  readonly fileName: string;
}

/** The file name without folders, which some browsers include. */
const baseName = (name: string) => name.split(/[\\/]/).at(-1)!;

/**
 * Reads a multipart form up to its file. The fields after the file are ignored, as in S3. Node's own form parser keeps
 * the order of the parts, so no package is needed.
 *
 * @throws S3Refusal MalformedPOSTRequest, InvalidArgument
 */
export async function readForm(request: EngineRequest): Promise<PostForm> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(request.body), { headers }).formData().catch(() => {
    throw new S3Refusal(
      'MalformedPOSTRequest',
      'The body of your POST request is not well-formed multipart/form-data.',
    );
  });
  const fields = new Map<string, string>();
  for (const [name, value] of form.entries()) {
    const lower = name.toLowerCase();
    if (lower === 'file') {
      const isText = typeof value === 'string';
      const file = isText ? Buffer.from(value) : new Uint8Array(await value.arrayBuffer());
      return { fields, file, fileName: isText ? '' : baseName(value.name) };
    }
    if (typeof value !== 'string') throw new S3Refusal('InvalidArgument', `The field ${name} must not be a file.`);
    fields.set(lower, value);
  }
  throw new S3Refusal('InvalidArgument', 'POST requires exactly one file upload per request.');
}

function answer(call: Call, fields: PostForm['fields'], etag: string): EngineResponse {
  const path = `/${call.bucket.name}/${call.key.split('/').map(encodeURIComponent).join('/')}`;
  const headers = { etag: `"${etag}"`, location: `http://${call.headers.host ?? 'localhost'}${path}` };
  const redirect = fields.get('success_action_redirect');
  if (redirect && URL.canParse(redirect) && /^https?:/.test(redirect)) {
    const url = new URL(redirect);
    for (const [name, value] of [
      ['bucket', call.bucket.name],
      ['key', call.key],
      ['etag', headers.etag],
    ] as const)
      url.searchParams.set(name, value);
    return emptyAnswer(303, { ...headers, location: url.href });
  }
  const status = fields.get('success_action_status');
  if (status === '200') return emptyAnswer(200, headers);
  if (status !== '201') return emptyAnswer(204, headers);
  const names = [element('Bucket', call.bucket.name), element('Key', call.key), element('ETag', headers.etag)];
  return xmlAnswer(element('PostResponse', [element('Location', headers.location), ...names]), headers, 201);
}

/**
 * The key that a form asks for, with the file's name in place of `${filename}`.
 *
 * @throws S3Refusal InvalidArgument if there is no key
 */
export function keyOf(form: PostForm): string {
  const key = form.fields.get('key');
  if (!key) throw new S3Refusal('InvalidArgument', "Bucket POST must contain a field named 'key'.");
  // A function, because `$&` and the like in a file name must not be treated as a pattern.
  return key.replace(/\$\{filename\}/g, () => form.fileName);
}

/** POST Object with a signed policy: s3:PutObject of the policy's signer. The signature has already been verified. */
export function postObject(call: Call, form: PostForm): EngineResponse {
  const fields = new Map(form.fields).set('key', call.key);
  const bucket = fields.get('bucket') ?? call.bucket.name;
  // The URL decides where the object goes. The signed `bucket` is compared with the URL and not with the form's own
  // field.
  if (bucket !== call.bucket.name)
    throw new S3Refusal('AccessDenied', 'The bucket of the form is not that of the URL.');
  fields.set('bucket', call.bucket.name);
  checkPolicy(fields.get('policy')!, fields, form.file.length, call.now);
  const record = storeObject(call, form.file);
  return answer(call, fields, record.etag);
}
