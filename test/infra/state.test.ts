import { allOf, onlyOf, type Properties, statementsOf, templatesOf } from './templates.ts';

interface Plan {
  readonly ProtectedResource: { readonly S3Bucket: { readonly BucketName: { readonly Ref: string } } };
}

const { state: prod } = templatesOf([], 'prod');
const { state: dev } = templatesOf([]);

const policies = (template: typeof prod) =>
  Object.fromEntries(
    Object.values(template.Resources).map((resource) => [
      resource.Type,
      (resource as { DeletionPolicy?: string }).DeletionPolicy,
    ]),
  );

describe('the table', () => {
  const table = onlyOf(prod, 'AWS::DynamoDB::Table');

  test('has the generic keys, and two indexes that hold whole items', () => {
    const keys = (prefix: string) => [
      { AttributeName: `${prefix}pk`, KeyType: 'HASH' },
      { AttributeName: `${prefix}sk`, KeyType: 'RANGE' },
    ];

    expect(table.KeySchema).toEqual(keys(''));
    expect(table.GlobalSecondaryIndexes).toEqual([
      expect.objectContaining({ IndexName: 'gsi1', KeySchema: keys('gsi1'), Projection: { ProjectionType: 'ALL' } }),
      expect.objectContaining({ IndexName: 'gsi2', KeySchema: keys('gsi2'), Projection: { ProjectionType: 'ALL' } }),
    ]);
  });

  test('tells of every change, lets items expire, and can be taken back to any second', () => {
    expect(table).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test('is paid by request, up to a cap that holds for its indexes too', () => {
    const cap = { MaxReadRequestUnits: 12_000, MaxWriteRequestUnits: 6000 };

    expect(table).toMatchObject({ BillingMode: 'PAY_PER_REQUEST', OnDemandThroughput: cap });
    expect(table.GlobalSecondaryIndexes).toEqual([
      expect.objectContaining({ OnDemandThroughput: cap }),
      expect.objectContaining({ OnDemandThroughput: cap }),
    ]);
  });
});

describe('the bucket', () => {
  const bucket = onlyOf(prod, 'AWS::S3::Bucket');

  test('is closed to the public and encrypted', () => {
    expect(bucket).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('refuses whoever comes without TLS', () => {
    const { PolicyDocument } = onlyOf(prod, 'AWS::S3::BucketPolicy');

    const [refusal] = (PolicyDocument as { Statement: unknown[] }).Statement;
    expect([refusal]).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  test('shows pictures to the distributions of this account, and nothing else to anybody', () => {
    const { PolicyDocument } = onlyOf(prod, 'AWS::S3::BucketPolicy');
    const statements = (PolicyDocument as { Statement: { Effect: string; Resource: unknown[] }[] }).Statement;
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
    expect(JSON.stringify(allowed[0]!.Resource).match(/"\/[^"]*"/g)).toEqual([
      ...['"/certifications/*"', '"/chat/*"', '"/pictures/*"'],
    ]);
  });

  test('takes uploads from pages of the stage only', () => {
    expect(bucket.CorsConfiguration).toEqual({
      CorsRules: [
        expect.objectContaining({
          AllowedOrigins: ['https://moim.example'],
          AllowedMethods: ['GET', 'POST', 'PUT'],
        }),
      ],
    });
  });

  test('drops what was uploaded and not used, and what was not uploaded to its end', () => {
    expect(bucket.LifecycleConfiguration).toEqual({
      Rules: [
        expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }),
        expect.objectContaining({ Prefix: 'uploads/', ExpirationInDays: 1, Status: 'Enabled' }),
        expect.objectContaining({ Prefix: 'exports/', ExpirationInDays: 2, Status: 'Enabled' }),
      ],
    });
  });
});

describe('files of groups in production', () => {
  const [role, ...others] = allOf(prod, 'AWS::IAM::Role');
  const ofScanner = { 'Fn::GetAtt': [role!.id, 'Arn'] };

  test('ASVS 5.4.3: are scanned when they arrive', () => {
    const { Ref } = (onlyOf(prod, 'AWS::GuardDuty::MalwareProtectionPlan') as unknown as Plan).ProtectedResource
      .S3Bucket.BucketName;

    expect(prod.Resources[Ref]?.Type).toBe('AWS::S3::Bucket');
    expect(onlyOf(prod, 'AWS::GuardDuty::MalwareProtectionPlan')).toMatchObject({
      Role: ofScanner,
      ProtectedResource: { S3Bucket: { ObjectPrefixes: ['files/'] } },
      Actions: { Tagging: { Status: 'ENABLED' } },
    });
    expect(allOf(dev, 'AWS::GuardDuty::MalwareProtectionPlan')).toEqual([]);
  });

  test('ASVS 5.4.3: are read by nobody else before they were found clean, and nobody else writes the verdict', () => {
    const { Statement } = onlyOf(prod, 'AWS::S3::BucketPolicy').PolicyDocument as { Statement: Properties[] };
    const denied = Statement.filter(({ Sid }) => Sid);
    const others = { ArnNotEquals: { 'aws:PrincipalArn': ofScanner } };

    expect(denied.map(({ Effect, Principal, Action, Condition }) => [Effect, Principal, Action, Condition])).toEqual([
      [expect.anything(), { Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', expect.anything()],
      [
        'Deny',
        { AWS: '*' },
        's3:GetObject',
        { ...others, StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' } },
      ],
      ['Deny', { AWS: '*' }, 's3:PutObjectTagging', others],
    ]);
    for (const { Resource } of denied.slice(1)) expect(JSON.stringify(Resource)).toMatch(/"\/files\/\*"/);
  });

  test('are all that the scanner reaches, and for this account alone', () => {
    const resources = statementsOf(role!.properties).flatMap(({ Resource }) => JSON.stringify(Resource));

    expect(others).toEqual([]);
    expect(resources.filter((each) => /"\*"|"\/\*"/.test(each))).toEqual([]);
    expect(JSON.stringify(role!.properties.AssumeRolePolicyDocument)).toContain(
      '"aws:SourceAccount":{"Ref":"AWS::AccountId"}',
    );
  });
});

test('the keys that sign and seal are made by AWS, of 64 characters or more', () => {
  const secrets = allOf(prod, 'AWS::SecretsManager::Secret').map(({ id, properties }) => [id, properties] as const);
  const { SessionKey, DeviceKey, CodeKey, UploadKey } = Object.fromEntries(
    secrets.map(([id, properties]) => [id.replace(/[0-9A-F]{8}$/, ''), properties]),
  );

  for (const key of [SessionKey, DeviceKey, CodeKey, UploadKey])
    expect((key!.GenerateSecretString as { PasswordLength: number }).PasswordLength).toBeGreaterThanOrEqual(64);
});

test('mail is sent as the domain of the stage', () => {
  expect(onlyOf(prod, 'AWS::SES::EmailIdentity').EmailIdentity).toBe('moim.example');
});

test('production keeps its data when a stack goes, and refuses to delete the table', () => {
  expect(policies(prod)).toMatchObject({
    'AWS::DynamoDB::Table': 'Retain',
    'AWS::S3::Bucket': 'Retain',
    'AWS::SecretsManager::Secret': 'Retain',
  });
  expect(onlyOf(prod, 'AWS::DynamoDB::Table').DeletionProtectionEnabled).toBe(true);
});

test('a stage for development can be thrown away', () => {
  expect(policies(dev)).toMatchObject({ 'AWS::DynamoDB::Table': 'Delete', 'AWS::SecretsManager::Secret': 'Delete' });
  expect(onlyOf(dev, 'AWS::DynamoDB::Table').DeletionProtectionEnabled).not.toBe(true);
});

test('every value that the service needs is exported under a name of its own', () => {
  const names = Object.values(prod.Outputs ?? {}).map((output) => output.Export?.Name);

  expect(names.sort()).toEqual([
    'moim-prod-BucketArn',
    'moim-prod-BucketName',
    'moim-prod-CodeKeyArn',
    'moim-prod-DeviceKeyArn',
    'moim-prod-EdgeKeysArn',
    'moim-prod-MailIdentityArn',
    'moim-prod-PushKeysArn',
    'moim-prod-SessionKeyArn',
    'moim-prod-SocialProvidersArn',
    'moim-prod-StreamArn',
    'moim-prod-TableArn',
    'moim-prod-TableName',
    'moim-prod-UploadKeyArn',
  ]);
});
