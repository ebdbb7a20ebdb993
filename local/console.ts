import { readFileSync } from 'node:fs';
import { guidePage } from '../docgen/guide-page.ts';
import { docsPage } from '../docgen/page.ts';
import type { MailEngine } from './engines/mail/mail-engine.ts';
import { mailBoxPage, mailsAsJson } from './engines/mail/page.ts';
import type { HttpRequest, HttpResponse } from './gateways/server.ts';
import type { Queues } from './runtime/queues.ts';

const page = (body: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});
const json = (body: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
  body,
});
/**
 * Tells a page of the site that there is a new build. The page's EventSource asks again and again, with the id that it was
 * given last. An id without data is remembered, and causes no event.
 */
const reload = (build: string, known: string | undefined): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*', 'cache-control': 'no-store' },
  body: `retry: 400\nid: ${build}\n${known && known !== build ? 'data: new\n' : ''}\n`,
});
const read = (name: string) => readFileSync(`docs/${name}.json`, 'utf8');
const asked = ['authorization', 'content-type', 'idempotency-key', 'accept-language', 'if-match', 'if-none-match'];
const told = ['content-type', 'etag', 'location', 'retry-after', 'x-request-id', 'idempotency-replayed'];

/**
 * Passes a request of the docs page on to the API, which is another site to browsers. Cookies stay out. Pages of other sites
 * cannot send the header of the docs page without asking first, and are not answered.
 */
async function passOn(api: string, path: string, { method, headers, body }: HttpRequest): Promise<HttpResponse> {
  if (headers['x-moim-docs'] !== '1')
    return { status: 403, headers: {}, body: 'only the docs page sends requests here' };
  const sent = asked.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]] as [string, string]],
  );
  const answer = await fetch(api + path, {
    method,
    headers: sent,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
  const given = told.flatMap((name) => (answer.headers.has(name) ? [[name, answer.headers.get(name)!]] : []));
  return { status: answer.status, headers: Object.fromEntries(given), body: await answer.text() };
}

/** What a developer looks at besides the API: documents, mails, queues of what failed. */
export function createConsole({
  mail,
  queues,
  urls,
  siteBuild,
}: {
  mail: MailEngine;
  queues: Queues;
  siteBuild: (() => string) | undefined;
  urls: { readonly api: string; readonly socket: string };
}) {
  const index = () =>
    page(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>moim, local</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}</style>
<h1>moim 모임</h1><p>API <code>${urls.api}</code><br>Socket <code>${urls.socket}</code></p>
<ul><li><a href="/docs">API documents</a></li><li><a href="/mail">Mail box</a></li><li><a href="/queues.json">What failed</a></li></ul></html>`);

  let made = { of: '', page: '' };
  /** Made anew only when a document has changed: it takes half a second. */
  const documents = () => {
    const texts = ['openapi', 'asyncapi', 'samples'].map(read);
    if (made.of === texts.join()) return made.page;
    const [openapi, asyncapi, samples] = texts.map((text) => JSON.parse(text));
    made = { of: texts.join(), page: docsPage(openapi, asyncapi, { samples, api: urls.api }) };
    return made.page;
  };

  return async (request: HttpRequest): Promise<HttpResponse> => {
    const { url, headers } = request;
    const path = url.split('?')[0]!;
    if (path === '/') return index();
    if (path === '/mail')
      return page(mailBoxPage(mail.list(), headers['accept-language']?.startsWith('en') ? 'en' : 'ko'));
    if (path === '/mail.json') return json(mailsAsJson(mail.list()));
    if (path === '/queues.json') return json(JSON.stringify(queues.all(), null, 2));
    if (path === '/docs') return page(documents());
    if (path.startsWith('/docs/api/')) return passOn(urls.api, url.slice('/docs/api'.length), request);
    const guide = path.startsWith('/docs/guides/') ? guidePage(path.slice('/docs/guides/'.length)) : undefined;
    if (guide) return page(guide);
    if (path === '/openapi.json' || path === '/asyncapi.json') return json(read(path.slice(1, -5)));
    if (path === '/reload' && siteBuild) return reload(siteBuild(), headers['last-event-id']);
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'there is no such page' };
  };
}
