/** An API Gateway event (payload 2.0) with the fields that a function reads. */
export function httpEvent(
  routeKey: string,
  {
    body,
    account,
    headers = {},
  }: { body?: unknown; account?: object; headers?: Readonly<Record<string, string>> } = {},
) {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: {
      host: 'api.moim.example',
      accept: 'application/json',
      'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8',
      'user-agent': 'moim/1.0',
      'x-forwarded-for': '203.0.113.7',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.moim.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'moim/1.0' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: '02/Mar/2026:03:00:00 +0000',
      timeEpoch: 1_772_420_400_000,
      ...(account ? { authorizer: { lambda: account } } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
