/** Redis did not reply in time, cannot be reached, or rejected a command. */
export class RedisUnavailableError extends Error {}
