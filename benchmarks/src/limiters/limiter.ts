/** A limiter, ready to be measured. */
export interface Limiter {
  readonly name: string;
  /** How permits are requested, so that a reader can check the figures. */
  readonly how: string;
  /** Requests permits for this time, in milliseconds, and returns their count. */
  take(forMs: number): Promise<number>;
  close?(): Promise<void>;
}

/** Runs `lanes` callers at once, each of which requests the next permit when it has one. */
export async function takeInLanes(
  lanes: number,
  forMs: number,
  take: (lane: number) => Promise<unknown>,
): Promise<number> {
  const endsAt = performance.now() + forMs;
  let count = 0;
  const lane = async (index: number) => {
    while (performance.now() < endsAt) {
      await take(index);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  return count;
}
