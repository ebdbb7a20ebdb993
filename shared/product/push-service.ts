/**
 * The push services of browsers. An endpoint is an address that a client names and moim posts to, so only the services
 * that browsers really use are accepted. Otherwise a client could reach hosts inside the deployment.
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
 * The service that an endpoint belongs to, as a name for its limits and failures; undefined if it belongs to none.
 *
 * @param origins further services that the operator trusts, e.g. `https://push.example.com`; plain HTTP only on this
 * machine
 */
export function pushServiceOf(endpoint: string, origins: readonly string[] = []): string | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const { protocol, hostname, host, origin, username, password } = new URL(endpoint);
  if (username || password) return undefined;
  if (origins.includes(origin)) return protocol === 'https:' || loopback.includes(hostname) ? origin : undefined;
  if (protocol !== 'https:') return undefined;
  // `host` includes the port, unless it is that of HTTPS.
  const known = hosts.findIndex((pattern) => pattern.test(host));
  return known < 0 ? undefined : host.split('.').slice(-2).join('.');
}

/**
 * The meaning of an answer's status, unless it says that the device is gone. Another try helps only if the service is
 * overloaded.
 */
export function outcomeOf(status: number): 'SENT' | 'AGAIN' | 'REFUSED' {
  if (status >= 200 && status < 300) return 'SENT';
  return status === 429 || status >= 500 ? 'AGAIN' : 'REFUSED';
}
