const hour = 3_600_000;

/** Options within which a call may wait for whatever it is asked to. */
export const patient = { deadlineMs: hour, maxRetryAfterMs: hour };
