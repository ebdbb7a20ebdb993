/** Identity providers before any is asked: how each differs, and how this deployment is registered there. */
import * as z from 'zod';
import { secretOf } from '../../../shared/adapters/secrets.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { logOf } from '../../../shared/observe/log.ts';

/** A person in a provider's own words: nothing of it is checked yet. */
export interface Told {
  readonly subject: unknown;
  readonly email: unknown;
  /** Whether the provider itself vouches that the address is the person's. */
  readonly emailVerified: boolean;
}

/** An answer of a provider: JSON of which nothing is known before it is read. */
export type Answered = Readonly<Record<string, unknown>>;

/** A provider that is found by its issuer, and says in a signed token who came. */
export interface OpenIdProvider {
  readonly protocol: 'OPENID';
  readonly issuer: string;
  readonly scope: string;
  /** How moim shows who it is: a text it was given, or a token that it signs with a key it was given. */
  readonly secret: 'TEXT' | 'SIGNED';
  read(claims: Answered): Told;
}

/** Where it signs people in, gives tokens, and says who came and by which addresses. */
export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
  readonly person: string;
  readonly emails?: string;
}

/** A provider with endpoints of its own, that is asked who came. */
export interface OAuthProvider {
  readonly protocol: 'OAUTH';
  readonly endpoints: Endpoints;
  readonly scope: string | undefined;
  /** Whether it wants the state again with the code. */
  readonly repeatsState: boolean;
  /** Its errors for a code that is used, old, or another's; `invalid_grant` is understood of all. */
  readonly codeRefused: readonly string[];
  read(person: Answered, emails: readonly Answered[]): Told;
}
export type Provider = OpenIdProvider | OAuthProvider;

/** Milliseconds after which the registrations are read again. */
const readAgainAfter = 300_000;

/** Providers are met over TLS; on this machine alone they may do without, for tests and laptops. */
export const isOnThisMachine = (address: string) =>
  /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(address);
const address = z.url().refine((text) => text.startsWith('https://') || isOnThisMachine(text));
const text = z.string().min(1).max(4000);
const endpoints = z.object({ authorization: address, token: address, person: address, emails: address });
/** How long the provider has for an answer, at most five seconds: four answers in a row fit into a function's time. */
const answerSeconds = z.number().positive().max(5).default(5);
const registration = {
  TEXT: z.object({
    clientId: text,
    answerSeconds,
    clientSecret: text,
    issuer: address.optional(),
    endpoints: endpoints.partial().optional(),
  }),
  SIGNED: z.object({
    clientId: text,
    answerSeconds,
    teamId: text,
    keyId: text,
    privateKey: text,
    issuer: address.optional(),
  }),
};
export type TextRegistration = z.output<typeof registration.TEXT>;
export type SignedRegistration = z.output<typeof registration.SIGNED>;
/** The data by which a provider knows moim. */
export type Registration = TextRegistration | SignedRegistration;

/**
 * The registrations of a table's providers in the deployment's secret `SocialProviders`, read again every few minutes.
 * One that is not whole is none, and the log says which of its fields are to blame.
 */
export function registrationsOf<Name extends string>(
  platform: Platform,
  providers: Readonly<Record<Name, Provider>>,
): () => Promise<ReadonlyMap<Name, Registration>> {
  const secret = secretOf(platform, 'SocialProviders');
  const log = logOf(platform);
  const names = Object.keys(providers) as Name[];
  let registrations: Promise<ReadonlyMap<Name, Registration>> | undefined;
  let readAt = 0;

  const schemaOf = (name: Name) => {
    const provider = providers[name];
    return registration[provider.protocol === 'OPENID' ? provider.secret : 'TEXT'];
  };
  let last: ReadonlyMap<Name, Registration> = new Map();
  const parsed = (text: string): Answered | undefined => {
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    } catch {
      // The parser's own words would show a part of the secret.
      log.error('the secret SocialProviders is not a JSON object');
      return undefined;
    }
  };
  const read = async () => {
    const found = parsed((await secret.read()) ?? '{}');
    // A slip of the operator's pen signs nobody out who could sign in before.
    if (!found) return last;
    const valid = new Map<Name, Registration>();
    for (const name of names.filter((each) => found[each] !== undefined)) {
      const { data, error } = schemaOf(name).safeParse(found[name]);
      if (data) valid.set(name, data);
      else log.error({ provider: name, fields: error.issues.map(({ path }) => path.join('.')) }, 'not registered');
    }
    last = valid;
    return valid;
  };
  return () => {
    if (registrations && platform.now() - readAt < readAgainAfter) return registrations;
    readAt = platform.now();
    registrations = read().catch((error: unknown) => {
      registrations = undefined;
      throw error;
    });
    return registrations;
  };
}
