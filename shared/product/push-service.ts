/**
 * Where browsers have their push messages sent. An endpoint is an address that a client names and moim posts to, so only
 * those of the services that browsers really use are taken: nothing inside the deployment can be reached through them.
 */
const hosts = [
  // Chrome, Edge on Android, Opera, Samsung Internet; Firefox; Edge on Windows; Safari.
  /^fcm\.googleapis\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /^[\w-]+\.notify\.windows\.com$/,
  /^(?:[\w-]+\.)+push\.apple\.com$/,
];
const loopback = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * The service that an endpoint belongs to, by a name for its limits and failures; undefined where it is none.
 *
 * @param origins further ones that the operator trusts, e.g. `https://push.example.com`; plain HTTP on this machine only
 */
export function pushServiceOf(endpoint: string, origins: readonly string[] = []): string | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const { protocol, hostname, host, origin, username, password } = new URL(endpoint);
  if (username || password) return undefined;
  if (origins.includes(origin)) return protocol === 'https:' || loopback.includes(hostname) ? origin : undefined;
  if (protocol !== 'https:') return undefined;
  // `host` has the port, if it is another than that of HTTPS.
  const known = hosts.findIndex((pattern) => pattern.test(host));
  return known < 0 ? undefined : host.split('.').slice(-2).join('.');
}

/** What the status of an answer means that does not say the device is gone: another try helps only where much is going on. */
export function outcomeOf(status: number): 'SENT' | 'AGAIN' | 'REFUSED' {
  if (status >= 200 && status < 300) return 'SENT';
  return status === 429 || status >= 500 ? 'AGAIN' : 'REFUSED';
}
