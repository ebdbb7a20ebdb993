/** The distribution of the stacks: one address, whose behaviours send a request to the API or to a bucket. */
import type { Resource } from '../runtime/template.ts';
import { ofType } from '../runtime/template.ts';
import { compressed } from './compressed.ts';
import { edgeCache } from './edge-cache.ts';
import { type EdgeFunction, edgeFunction } from './edge-function.ts';
import { lasting } from './lasting.ts';
import type { HttpRequest, HttpResponse } from './server.ts';

type Handle = (request: HttpRequest) => Promise<HttpResponse>;

export interface DistributionParts {
  /** Answers for the HTTP API. */
  readonly api: Handle;
  /** Answers for the bucket of this name, as the distribution's own principal. */
  readonly bucket: (name: string) => Handle;
  readonly now: () => number;
  /** Fills in the secrets of a function's code. */
  readonly withSecrets: (text: string) => string;
  /** A text with the addresses of this machine in place of those on AWS. Asked at each answer, as ports are known late. */
  readonly localized: (text: string) => string;
}

interface Behaviour {
  readonly fits: (path: string) => boolean;
  readonly methods: readonly string[];
  readonly function: EdgeFunction | undefined;
  readonly origin: Handle;
  readonly headers: readonly AddedHeader[];
}

/** A header that a policy adds to answers; unless it overrides, the origin's own stays. */
interface AddedHeader {
  readonly name: string;
  readonly value: string;
  readonly overrides: boolean;
}

/** AWS's policy CachingOptimized: of the policies here, the one under which what may be compressed is. */
const compressing = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** The address from which CloudFront calls its origins: nobody's who asks. */
const edgeAddress = '130.176.0.1';
const forbidden: HttpResponse = { status: 403, headers: { 'content-type': 'text/html' }, body: '' };

/**
 * The distribution. It keeps answers of the API as its cache policies say. Pictures are not kept: their addresses never get
 * another content, so nothing would look different.
 *
 * @returns the API itself where the stacks have no distribution
 * @throws Error where a behaviour is not known here
 */
export function createDistribution(resources: readonly Resource[], parts: DistributionParts): Handle {
  const [found] = ofType(resources, 'AWS::CloudFront::Distribution');
  if (!found) return parts.api;
  const { Origins, DefaultCacheBehavior, CacheBehaviors = [] } = found.properties.DistributionConfig;
  const functions = new Map(ofType(resources, 'AWS::CloudFront::Function').map((each) => [each.id, each.properties]));
  const headersOf = new Map(ofType(resources, 'AWS::CloudFront::ResponseHeadersPolicy').map((each) => [each.id, each]));

  const policies = new Map(ofType(resources, 'AWS::CloudFront::CachePolicy').map((each) => [each.id, each.properties]));
  const caches = new Map<string, Handle>();
  /** The API behind the cache of a policy: behaviours with the same policy share it. A policy of AWS's own keeps nothing. */
  const cached = (policyId: string): Handle => {
    const policy = policies.get(policyId);
    const made =
      caches.get(policyId) ?? (policy ? edgeCache(policy.CachePolicyConfig, parts.api, parts.now) : parts.api);
    caches.set(policyId, made);
    return made;
  };

  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's property types are open
  const behaviour = (config: any): Behaviour => {
    const origin = Origins.find(({ Id }: { Id: string }) => Id === config.TargetOriginId);
    const [association] = config.FunctionAssociations ?? [];
    const code = association && functions.get(association.FunctionARN);
    if (association && (association.EventType !== 'viewer-request' || !code))
      throw new Error('the local cloud knows functions at the edge for viewer-request alone');
    const pattern: string = config.PathPattern ?? '*';
    const bucket = origin.S3OriginConfig && parts.bucket(origin.DomainName.split('.s3.')[0]);
    const shrinks = config.Compress && config.CachePolicyId === compressing;
    return {
      fits: (path) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern),
      methods: config.AllowedMethods,
      function: code && edgeFunction(parts.withSecrets(code.FunctionCode), parts.now),
      origin: bucket ? (shrinks ? compressed(lasting(bucket)) : bucket) : cached(config.CachePolicyId),
      headers: answerHeaders(headersOf.get(config.ResponseHeadersPolicyId)),
    };
  };
  const behaviours: Behaviour[] = [
    ...CacheBehaviors.map(behaviour),
    behaviour({ ...DefaultCacheBehavior, PathPattern: '*' }),
  ];

  return async (request) => {
    const [path = '/', query = ''] = request.url.split(/\?(.*)/s);
    const chosen = behaviours.find(({ fits }) => fits(path))!;
    if (!chosen.methods.includes(request.method)) return forbidden;
    const passed = chosen.function ? through(chosen.function, request, path, query) : request;
    if ('status' in passed) return passed;
    const answer = await chosen.origin({ ...passed, address: edgeAddress });
    const added = chosen.headers.map((header) => ({ ...header, value: parts.localized(header.value) }));
    return withHeaders(answer, added);
  };
}

/** The request as a function gives it back, or the answer with which it ends. */
function through(run: EdgeFunction, request: HttpRequest, uri: string, query: string): HttpRequest | HttpResponse {
  const values = (entries: Iterable<[string, string]>) =>
    Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
  const given = {
    method: request.method,
    uri,
    querystring: values(new URLSearchParams(query)),
    headers: values(Object.entries(request.headers)),
  };
  const outcome = run(given, request.address);
  if ('statusCode' in outcome) {
    const headers = Object.entries(outcome.headers ?? {}).map(([name, { value }]): [string, string] => [name, value]);
    return { status: outcome.statusCode, headers: Object.fromEntries(headers), body: '' };
  }
  const kept = JSON.stringify(outcome.querystring) === JSON.stringify(given.querystring);
  const pairs = Object.entries(outcome.querystring).map(([name, { value }]): [string, string] => [name, value]);
  const rest = kept ? query : new URLSearchParams(pairs).toString();
  return {
    ...request,
    url: outcome.uri + (rest ? `?${rest}` : ''),
    headers: Object.fromEntries(Object.entries(outcome.headers).map(([name, { value }]) => [name, value])),
  };
}

/** An answer with what a policy adds to it. */
function withHeaders(answer: HttpResponse, added: readonly AddedHeader[]): HttpResponse {
  const headers: Record<string, string | readonly string[]> = { ...answer.headers };
  for (const { name, value, overrides } of added) if (overrides || headers[name] === undefined) headers[name] = value;
  return { ...answer, headers };
}

/** What a policy adds to each answer. */
function answerHeaders(policy: Resource | undefined): AddedHeader[] {
  const { CustomHeadersConfig, SecurityHeadersConfig = {} } = policy?.properties.ResponseHeadersPolicyConfig ?? {};
  const items: { Header: string; Value: string; Override: boolean }[] = CustomHeadersConfig?.Items ?? [];
  const {
    ContentTypeOptions,
    ReferrerPolicy,
    ContentSecurityPolicy,
    StrictTransportSecurity: transport,
  } = SecurityHeadersConfig;
  const added = (name: string, value: string, config: { Override: boolean } | undefined) =>
    config ? [{ name, value, overrides: config.Override }] : [];
  return [
    ...items.map(({ Header: name, Value: value, Override: overrides }) => ({ name, value, overrides })),
    ...added('x-content-type-options', 'nosniff', ContentTypeOptions),
    ...added('referrer-policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy),
    ...added('content-security-policy', ContentSecurityPolicy?.ContentSecurityPolicy, ContentSecurityPolicy),
    ...added(
      'strict-transport-security',
      `max-age=${transport?.AccessControlMaxAgeSec}${transport?.IncludeSubdomains ? '; includeSubDomains' : ''}`,
      transport,
    ),
  ];
}
