/** Where moim has allowed a file to be sent, and the fields that go along with it. */
export interface Allowed {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Sends a file straight to the bucket, as a browser does. */
export function sendFile({ url, fields }: Allowed, file: Uint8Array, type = ''): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(file)], { type }), 'file');
  return fetch(url, { method: 'POST', body: form });
}

/** The same with a file that the bucket takes. Gives back the id of the upload. */
export async function uploaded(
  allowed: Allowed & { readonly uploadId: string },
  file: Uint8Array,
  type?: string,
): Promise<string> {
  const response = await sendFile(allowed, file, type);
  if (!response.ok) throw new Error(`the bucket refused the upload: ${response.status} ${await response.text()}`);
  return allowed.uploadId;
}
