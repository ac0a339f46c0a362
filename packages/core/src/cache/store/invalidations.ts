// Tags that are remembered one by one; beyond that everything older is invalidated together.
const maxTags = 10_000;

/** The invalidations of this process, in sequence: whether something that began at an earlier point may still be used. */
export interface Invalidations {
  /** The number of the last invalidation. */
  readonly sequence: number;
  /** Whether nothing with one of the tags was invalidated after that point of the sequence. */
  isCurrent(sequence: number, tags: readonly string[]): boolean;
  invalidate(tags: readonly string[]): void;
  /** Invalidates everything. */
  flush(): void;
}

/** Starts without any invalidation. */
export function createInvalidations(): Invalidations {
  let last = 0;
  let flushedAt = 0;
  const lastByTag = new Map<string, number>();
  const flush = () => {
    last += 1;
    flushedAt = last;
    lastByTag.clear();
  };
  return {
    get sequence() {
      return last;
    },
    isCurrent(sequence, tags) {
      if (sequence < flushedAt) return false;
      if (lastByTag.size > 0) for (const tag of tags) if (sequence < (lastByTag.get(tag) ?? 0)) return false;
      return true;
    },
    invalidate(tags) {
      if (lastByTag.size + tags.length > maxTags) return flush();
      last += 1;
      for (const tag of tags) lastByTag.set(tag, last);
    },
    flush,
  };
}
