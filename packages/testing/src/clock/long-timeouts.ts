const hourMs = 3_600_000;

/** Options with which a call waits as long as the provider asks. */
export const longTimeouts = { deadlineMs: hourMs, maxRetryAfterMs: hourMs };
