import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../../shared/core/clock.ts';
import { systemClock } from '../../runtime/clock.ts';
import { type Caller, type Engine, type EngineResponse, refusalText } from '../engine.ts';

/** CloudFormation's `GenerateSecretString`. */
export interface GenerateSecretString {
  /** Number of characters; 32 unless given. */
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly IncludeSpace?: boolean;
  /** True unless given. */
  readonly RequireEachIncludedType?: boolean;
  /** A JSON object; the generated value is added under `GenerateStringKey`. */
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

interface Version {
  readonly id: string;
  readonly value: string;
  readonly createdAt: number;
}

interface Secret {
  readonly name: string;
  readonly createdAt: number;
  readonly current: Version;
  readonly previous?: Version;
  /** Versions without a stage, newest first. Nobody reads them, but their ids are taken. */
  readonly older?: readonly Version[];
}

export interface SecretsEngineOptions {
  readonly clock?: Clock;
  /** The JSON file for secrets that survive a restart. It is not encrypted; only its owner may read it. */
  readonly file?: string;
  /** The region in ARNs: us-east-1 unless given. */
  readonly region?: string;
}

export interface SecretsEngine extends Engine {
  /**
   * Creates the secret if it does not exist, and gives back its ARN. An existing secret keeps its value, so that tokens
   * from before a restart stay valid.
   *
   * @throws RangeError if no value fits the rules
   */
  createSecret(name: string, options?: { readonly generate?: GenerateSecretString; readonly value?: string }): string;
  /**
   * The present value of a secret, by its ARN: what CloudFormation puts into what it deploys.
   *
   * @throws Error if there is no such secret
   */
  valueOf(arn: string): string;
}

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const pick = (characters: string) => characters[randomInt(characters.length)]!;

/**
 * Generates a value by CloudFormation's rules.
 *
 * @throws RangeError if the rules leave no characters or too little room
 */
export function generateSecret(rules: GenerateSecretString = {}): string {
  const length = rules.PasswordLength ?? 32;
  const kinds = [
    rules.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    rules.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : punctuation,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((character) => !rules.ExcludeCharacters?.includes(character)).join(''))
    .filter(Boolean);
  const required = rules.RequireEachIncludedType === false ? [] : kinds;
  if (kinds.length === 0 || length < Math.max(1, required.length) || length > 4096)
    throw new RangeError(`No secret of ${length} characters can be made by these rules.`);
  const characters = required.map(pick);
  while (characters.length < length) characters.push(pick(kinds.join('')));
  for (let i = characters.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [characters[i], characters[j]] = [characters[j]!, characters[i]!];
  }
  const value = characters.join('');
  if (rules.SecretStringTemplate === undefined || rules.GenerateStringKey === undefined) return value;
  return JSON.stringify({ ...JSON.parse(rules.SecretStringTemplate), [rules.GenerateStringKey]: value });
}

interface Staged {
  readonly version: Version;
  readonly stages: readonly string[];
}
/** All versions, each with its stages. */
const versionsOf = ({ current, previous, older = [] }: Secret): Staged[] => [
  { version: current, stages: ['AWSCURRENT'] },
  ...(previous ? [{ version: previous, stages: ['AWSPREVIOUS'] }] : []),
  ...older.map((version) => ({ version, stages: [] })),
];
/** The number of versions that are kept; Secrets Manager keeps about a hundred. */
const keptVersions = 98;
const olderOf = ({ previous, older = [] }: Secret) => (previous ? [previous, ...older] : older).slice(0, keptVersions);

class SecretsRefusal extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

function load(file: string | undefined): Map<string, Secret> {
  if (file === undefined || !existsSync(file)) return new Map();
  try {
    const { secrets } = JSON.parse(readFileSync(file, 'utf8')) as { secrets: Secret[] };
    return new Map(secrets.map((secret) => [secret.name, secret]));
  } catch (error) {
    throw new Error(
      `The secrets file ${file} is broken (${(error as Error).message}). Delete it to get new keys: everybody then signs in again.`,
    );
  }
}

function answer(status: number, content: object, headers: Record<string, string> = {}): EngineResponse {
  const type = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(content)) };
}

type Input = Readonly<Record<string, unknown>>;

function readInput(body: Uint8Array): Input {
  try {
    const input: unknown = JSON.parse(Buffer.from(body).toString('utf8') || '{}');
    if (typeof input === 'object' && input !== null) return input as Input;
  } catch {
    // The error below covers this.
  }
  throw new SecretsRefusal('SerializationException', 'The body is not a JSON object.');
}

function demand(caller: Caller, action: string, resource: string): void {
  if (!caller.allows(action, resource))
    throw new SecretsRefusal('AccessDeniedException', refusalText(caller, action, resource));
}

function described({ name, createdAt, current, previous }: Secret, arnOf: (name: string) => string) {
  const stages = { [current.id]: ['AWSCURRENT'], ...(previous ? { [previous.id]: ['AWSPREVIOUS'] } : {}) };
  return { ARN: arnOf(name), Name: name, CreatedDate: createdAt / 1000, VersionIdsToStages: stages };
}

/** The names that a filter by name leaves. Other filters hold here: there are the secrets of one stage. */
function named(names: readonly string[], { Filters }: Input): string[] {
  const filters = (Filters ?? []) as readonly { readonly Key: string; readonly Values: readonly string[] }[];
  const heads = filters.find(({ Key }) => Key === 'name')?.Values ?? [''];
  return names.filter((name) => heads.some((head) => name.startsWith(head)));
}

/** The version that a request asks for by stage or id; the current version by default. */
function versionOf(secret: Secret, input: Input): Staged {
  const { VersionStage: stage, VersionId: id } = input;
  const wanted = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
  const found = versionsOf(secret).find(
    ({ version, stages }) =>
      (wanted === undefined || stages.includes(wanted as string)) && (id === undefined || version.id === id),
  );
  if (found) return found;
  throw new SecretsRefusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
}

/**
 * Stands in for Secrets Manager: GetSecretValue, DescribeSecret, ListSecrets and PutSecretValue, with the stages AWSCURRENT and
 * AWSPREVIOUS. ARNs have no random suffix here, so an ARN is known before its secret is created.
 *
 * @throws Error if `file` is broken
 */
export function createSecretsEngine(options: SecretsEngineOptions = {}): SecretsEngine {
  const { clock = systemClock, file, region = 'us-east-1' } = options;
  const secrets = load(file);
  const arnOf = (name: string) => `arn:aws:secretsmanager:${region}:000000000000:secret:${name}`;
  const newVersion = (value: string, id: string = randomUUID()): Version => ({ id, value, createdAt: clock.now() });

  function save(secret: Secret): void {
    const all = new Map(secrets).set(secret.name, secret);
    if (file !== undefined) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.tmp`, JSON.stringify({ secrets: [...all.values()] }, undefined, 2), { mode: 0o600 });
      renameSync(`${file}.tmp`, file);
    }
    secrets.set(secret.name, secret);
  }

  function find(input: Input, action: string, caller: Caller): Secret {
    const id = input.SecretId;
    if (typeof id !== 'string' || !id) throw new SecretsRefusal('ValidationException', 'SecretId is required.');
    const name = id.startsWith(arnOf('')) ? id.slice(arnOf('').length) : id;
    const arn = arnOf(name);
    demand(caller, `secretsmanager:${action}`, arn);
    const secret = secrets.get(name);
    if (secret) return secret;
    throw new SecretsRefusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  const operations: Readonly<Record<string, (input: Input, caller: Caller) => object>> = {
    GetSecretValue(input, caller) {
      const secret = find(input, 'GetSecretValue', caller);
      const { version, stages } = versionOf(secret, input);
      return {
        ...{ ARN: arnOf(secret.name), Name: secret.name, VersionId: version.id, SecretString: version.value },
        // The JSON protocol uses seconds.
        ...{ VersionStages: stages, CreatedDate: version.createdAt / 1000 },
      };
    },
    DescribeSecret(input, caller) {
      return described(find(input, 'DescribeSecret', caller), arnOf);
    },
    ListSecrets(input, caller) {
      demand(caller, 'secretsmanager:ListSecrets', '*');
      return { SecretList: named([...secrets.keys()], input).map((Name) => ({ ARN: arnOf(Name), Name })) };
    },
    PutSecretValue(input, caller) {
      const secret = find(input, 'PutSecretValue', caller);
      if (typeof input.SecretString !== 'string')
        throw new SecretsRefusal(
          'InvalidParameterException',
          'You must provide SecretString; SecretBinary is not known here.',
        );
      const { SecretString: value, ClientRequestToken: token } = input;
      if (token !== undefined && (typeof token !== 'string' || token.length < 32 || token.length > 64))
        throw new SecretsRefusal('InvalidParameterException', 'ClientRequestToken must have 32 to 64 characters.');
      const answered = (version: Version, stages: readonly string[]) => ({
        ...{ ARN: arnOf(secret.name), Name: secret.name, VersionId: version.id, VersionStages: stages },
      });
      // A repeated request finds its version, with the version's present stages.
      const found = versionsOf(secret).find(({ version }) => version.id === token);
      if (found?.version.value === value) return answered(found.version, found.stages);
      if (found)
        throw new SecretsRefusal(
          'ResourceExistsException',
          `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arnOf(secret.name)}.`,
        );
      const current = newVersion(value, token);
      save({ ...secret, current, previous: secret.current, older: olderOf(secret) });
      return answered(current, ['AWSCURRENT']);
    },
  };

  return {
    async handle(request, caller) {
      try {
        const { 'x-amz-target': target = '' } = request.headers;
        const action = target.replace(/^secretsmanager\./, '');
        const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
        if (!operation)
          throw new SecretsRefusal('UnknownOperationException', `The local secrets do not know ${target}.`);
        return answer(200, operation(readInput(request.body), caller));
      } catch (error) {
        if (!(error instanceof SecretsRefusal)) throw error;
        return answer(400, { __type: error.name, Message: error.message }, { 'x-amzn-errortype': error.name });
      }
    },
    createSecret(name, { generate, value } = {}) {
      if (!secrets.has(name)) {
        const current = newVersion(value ?? generateSecret(generate));
        save({ name, createdAt: current.createdAt, current });
      }
      return arnOf(name);
    },
    valueOf(arn) {
      const secret = secrets.get(arn.slice(arnOf('').length));
      if (!secret) throw new Error(`there is no secret ${arn}`);
      return secret.current.value;
    },
  };
}
