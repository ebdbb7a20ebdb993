/** From which address requests of the API are said to come, for limits that count by place. */
import { isIP } from 'node:net';
import type { HttpRequest, HttpResponse } from '../gateways/server.ts';

/** Counts for one request, while the door is open. */
const placeHeader = 'x-moim-door-place';

export interface Place {
  /** The address for all requests that name none; undefined for the connection's own. */
  ip: string | undefined;
}

/** An address without a zone (`fe80::1%eth0` has one): as API Gateway writes it. */
export const isPlace = (text: string) => isIP(text) !== 0 && !text.includes('%');

type Headers = Readonly<Record<string, string>>;

interface Located {
  /** Undefined where the header holds no address. */
  readonly address: string | undefined;
  /** Without the header of the door: it is not part of the request. */
  readonly headers: Headers;
}

/** Finds where a request is said to come from, by its header or by what is set for all. */
export function locate(place: Place, { [placeHeader]: named, ...headers }: Headers, address: string): Located {
  if (named === undefined) return { address: place.ip ?? address, headers };
  return { address: isPlace(named) ? named : undefined, headers };
}

/** Hands requests on with the address that they are said to come from. */
export function placed(place: Place, handle: (request: HttpRequest) => Promise<HttpResponse>): typeof handle {
  const error = `${placeHeader}: give an IPv4 or IPv6 address`;
  return async (request) => {
    const { address, headers } = locate(place, request.headers, request.address);
    if (address !== undefined) return handle({ ...request, headers, address });
    return { status: 400, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) };
  };
}
