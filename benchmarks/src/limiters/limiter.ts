/** One way to ask for grants, ready to be measured. */
export interface Limiter {
  readonly name: string;
  /** How it is asked, for whoever doubts the figures. */
  readonly how: string;
  /** Takes grants for so long, and says how many it got. */
  take(forMs: number): Promise<number>;
  close?(): Promise<void>;
}

/** So many callers, each of which asks again when it was let through. */
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
