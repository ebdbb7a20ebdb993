/** What every answer says to browsers, by one list: the functions send it, and the distribution adds it to answers of others. */

/** Two years, as browsers' lists of such hosts ask for. */
export const hstsSeconds = 63_072_000;

/**
 * Headers of an answer that is data and no page. Browsers that get it as a page, in a frame or as a script do nothing with
 * it. A page of another site may read it only by CORS. `object-src` says what `default-src` says already: ASVS 3.4.3 asks for it by name.
 */
export const securityHeaders = {
  'content-security-policy': "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-site',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': `max-age=${hstsSeconds}; includeSubDomains`,
  'x-content-type-options': 'nosniff',
} as const;

/** What a picture says instead, which pages of other sites may show. Opened by itself, it may do no more than be seen. */
export const shownAnywhere = {
  'content-security-policy': `${securityHeaders['content-security-policy']}; sandbox`,
  'cross-origin-resource-policy': 'cross-origin',
} as const;
