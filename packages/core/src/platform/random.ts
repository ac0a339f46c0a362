/** Returns random numbers, uniform in [0, 1): passed in, so that a test can seed them. */
export type Random = () => number;

/** A UUID of version 4 (RFC 9562) from the platform's cryptographic source. */
export function randomUuid(): string {
  return crypto.randomUUID();
}
