import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Caller } from '../../../local/engines/engine.ts';
import { createSecretsEngine, generateSecret } from '../../../local/engines/secrets/secrets-engine.ts';
import { movableClock } from '../../../local/runtime/clock.ts';
import { refusalOf, serve } from '../bucket/support.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(caller?: Caller, file?: string) {
  const clock = movableClock(Date.UTC(2026, 0, 2));
  const engine = createSecretsEngine({ clock, ...(file === undefined ? {} : { file }) });
  const server = await serve(engine, caller);
  const credentials = { accessKeyId: 'k', secretAccessKey: 's' };
  const client = new SecretsManagerClient({ region: 'us-east-1', endpoint: server.endpoint, credentials });
  closing.push(server.close, () => client.destroy());
  return {
    engine,
    client,
    get: (SecretId: string, more = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more })),
  };
}

const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:moim/token';

describe('a secret', () => {
  it('is read by name and by ARN', async () => {
    const { engine, get } = await open();

    expect(engine.createSecret('moim/token', { value: 'hush' })).toBe(arn);

    const expected = { ARN: arn, Name: 'moim/token', SecretString: 'hush', VersionStages: ['AWSCURRENT'] };
    expect(await get('moim/token')).toMatchObject({ ...expected, CreatedDate: new Date(Date.UTC(2026, 0, 2)) });
    expect(await get(arn)).toMatchObject(expected);
  });

  it('keeps its value when it is created again, also over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'deep', 'secrets.json');
    const first = await open(undefined, file);
    first.engine.createSecret('moim/token', { generate: { PasswordLength: 64 } });
    first.engine.createSecret('moim/token', { value: 'other' });
    const { SecretString } = await first.get('moim/token');

    const second = await open(undefined, file);
    second.engine.createSecret('moim/token', { generate: { PasswordLength: 64 } });

    expect(SecretString).toHaveLength(64);
    expect(await second.get('moim/token')).toMatchObject({ SecretString });
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(file, '{');
    await expect(open(undefined, file)).rejects.toThrow(`The secrets file ${file} is broken`);
  });

  it('gets a new value, and the one before stays readable', async () => {
    const { engine, client, get } = await open();
    engine.createSecret('moim/token', { value: 'old' });

    const put = await client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'new' }));

    expect(await get(arn)).toMatchObject({ SecretString: 'new', VersionId: put.VersionId });
    expect(await get(arn, { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'old' });
    expect(await get(arn, { VersionId: put.VersionId })).toMatchObject({ SecretString: 'new' });
    const described = await client.send(new DescribeSecretCommand({ SecretId: arn }));
    expect(described.VersionIdsToStages).toMatchObject({ [put.VersionId!]: ['AWSCURRENT'] });
    expect(await refusalOf(get(arn, { VersionId: 'x'.repeat(32) }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('a new value that comes with a token', () => {
  const [first, second, third] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
    string,
    string,
    string,
  ];
  const scene = async () => {
    const { engine, client, get } = await open();
    engine.createSecret('moim/token', { value: 'zero' });
    const put = (SecretString: string, ClientRequestToken: string) =>
      client.send(new PutSecretValueCommand({ SecretId: arn, SecretString, ClientRequestToken }));
    return { get, put };
  };

  it('is the version of that name', async () => {
    const { get, put } = await scene();

    expect(await put('one', first)).toMatchObject({ VersionId: first, VersionStages: ['AWSCURRENT'] });

    expect(await get(arn)).toMatchObject({ SecretString: 'one', VersionId: first });
    expect(await get(arn, { VersionId: first })).toMatchObject({ SecretString: 'one' });
  });

  it('changes nothing when it comes again, even after the next', async () => {
    const { get, put } = await scene();
    await put('one', first);

    expect(await put('one', first)).toMatchObject({ VersionId: first, VersionStages: ['AWSCURRENT'] });
    expect(await get(arn, { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'zero' });

    await put('two', second);
    expect(await put('one', first)).toMatchObject({ VersionId: first, VersionStages: ['AWSPREVIOUS'] });
    await put('three', third);
    expect((await put('one', first)).VersionStages ?? []).toEqual([]);
    expect(await get(arn)).toMatchObject({ SecretString: 'three' });
    expect(await get(arn, { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'two' });
  });

  it('is refused when the name is taken by another value, and when it is no name', async () => {
    const { get, put } = await scene();
    await put('one', first);
    await put('two', second);
    await put('three', third);

    for (const taken of [first, second, third])
      expect(await refusalOf(put('other', taken))).toMatchObject({ name: 'ResourceExistsException' });
    expect(await refusalOf(put('other', 'short'))).toMatchObject({ name: 'InvalidParameterException' });
    expect(await get(arn)).toMatchObject({ SecretString: 'three' });
  });
});

test('a secret with one version has none before it', async () => {
  const { engine, get } = await open();
  engine.createSecret('moim/token', { value: 'hush' });

  expect(await refusalOf(get(arn, { VersionStage: 'AWSPREVIOUS' }))).toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

describe('a request is refused', () => {
  it('without the right, before it learns whether there is such a secret', async () => {
    const caller: Caller = {
      name: 'role/x',
      allows: (action, on) => action === 'secretsmanager:GetSecretValue' && on === arn,
    };
    const { engine, client, get } = await open(caller);
    engine.createSecret('moim/token', { value: 'hush' });

    await get('moim/token');
    for (const call of [() => get('moim/other'), () => client.send(new DescribeSecretCommand({ SecretId: arn }))])
      expect(await refusalOf(call())).toMatchObject({ name: 'AccessDeniedException' });
  });

  it('to change it, from whoever may only read it; and the other way round', async () => {
    const only = (allowed: string): Caller => ({
      name: 'role/x',
      allows: (action, on) => action === allowed && on === arn,
    });
    const reader = await open(only('secretsmanager:GetSecretValue'));
    const writer = await open(only('secretsmanager:PutSecretValue'));
    const put = { SecretId: arn, SecretString: 'new' };
    for (const { engine } of [reader, writer]) engine.createSecret('moim/token', { value: 'hush' });

    expect(await refusalOf(reader.client.send(new PutSecretValueCommand(put)))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`secretsmanager:PutSecretValue on resource: ${arn}`),
    });
    expect(await reader.get(arn)).toMatchObject({ SecretString: 'hush' });
    await writer.client.send(new PutSecretValueCommand(put));
    expect(await refusalOf(writer.get(arn))).toMatchObject({ name: 'AccessDeniedException' });
  });

  it('when it asks for the names of secrets, and may not', async () => {
    const { client } = await open({ name: 'role/x', allows: () => false });

    expect(await refusalOf(client.send(new ListSecretsCommand({})))).toMatchObject({ name: 'AccessDeniedException' });
  });

  it('when there is no such secret or operation', async () => {
    const { engine, client, get } = await open();
    engine.createSecret('moim/token', { value: 'hush' });

    expect(await refusalOf(get('none'))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await refusalOf(client.send(new DeleteSecretCommand({ SecretId: arn })))).toMatchObject({
      name: 'UnknownOperationException',
    });
    const binary = new PutSecretValueCommand({ SecretId: arn, SecretBinary: Buffer.from('x') });
    expect(await refusalOf(client.send(binary))).toMatchObject({ name: 'InvalidParameterException' });
  });
});

it('lists secrets by the beginning of their names', async () => {
  const { engine, client } = await open();
  for (const name of ['SessionKey1', 'SessionKey2', 'CodeKey1']) engine.createSecret(name);
  const named = new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['SessionKey'] }] });

  const { SecretList } = await client.send(named);

  expect(SecretList?.map(({ Name }) => Name)).toEqual(['SessionKey1', 'SessionKey2']);
});

describe('a generated value', () => {
  it('has every kind of character, and none that is excluded', () => {
    for (let n = 0; n < 200; n++) {
      const value = generateSecret({ PasswordLength: 4, ExcludeCharacters: 'abc"' });
      expect(value).toMatch(/^(?=.*[d-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]|.*_)[^abc"]{4}$/);
    }
    expect(generateSecret({ ExcludePunctuation: true, ExcludeUppercase: true })).toMatch(/^[a-z0-9]{32}$/);
    expect(generateSecret({ RequireEachIncludedType: false, PasswordLength: 1 })).toHaveLength(1);
  });

  it('goes into a template under its key', () => {
    const value = generateSecret({ SecretStringTemplate: '{"user":"a"}', GenerateStringKey: 'password' });
    expect(JSON.parse(value)).toEqual({ user: 'a', password: expect.stringMatching(/^.{32}$/) });
  });

  it('is refused for rules that cannot be kept', () => {
    expect(() => generateSecret({ PasswordLength: 3 })).toThrow(RangeError);
    const none = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true };
    expect(() => generateSecret(none)).toThrow(RangeError);
  });
});
