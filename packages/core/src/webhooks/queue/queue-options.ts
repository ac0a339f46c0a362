/** What queues of events have in common, whatever stores them. */
export interface QueueOptions {
  /** How often a worker tries an event before it becomes a dead letter. @default 8 */
  readonly attempts?: number | undefined;
  /** The wait before the second attempt, in milliseconds; it doubles each time. @default 1,000 */
  readonly backoffMs?: number | undefined;
  /** How long it may take to store an event, in milliseconds. After that the event is not accepted. @default 5,000 */
  readonly timeoutMs?: number | undefined;
}

/** The options of a queue, with their defaults. */
export function resolveQueueOptions(options: QueueOptions): {
  readonly [Name in keyof Required<QueueOptions>]: number;
} {
  const { attempts = 8, backoffMs = 1_000, timeoutMs = 5_000 } = options;
  return { attempts, backoffMs, timeoutMs };
}

/**
 * Stores an event within a time, since the client of a server that is away would wait for it, and the provider for the response.
 * Rejects after `timeoutMs`, with `hint` as what to check.
 */
export async function storeWithin(timeoutMs: number, hint: string, store: () => Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `the event was not stored within ${timeoutMs} ms (timeoutMs): ${hint}`;
    timer = setTimeout(() => reject(new Error(message)), timeoutMs);
  });
  try {
    await Promise.race([store(), late]);
  } finally {
    clearTimeout(timer);
  }
}
