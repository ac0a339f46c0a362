// Tags that are remembered one by one; beyond that everything older is forgotten together.
const maxTags = 10_000;

/** What has been called back in this process: whether something from an earlier point may still be used. */
export interface Invalidations {
  /** This point, to be compared with what comes later. */
  readonly point: number;
  /** Whether nothing that carries one of the tags was called back since a point. */
  isCurrent(point: number, tags: readonly string[]): boolean;
  invalidate(tags: readonly string[]): void;
  /** Calls back everything. */
  flush(): void;
}

/** Starts with nothing called back. */
export function createInvalidations(): Invalidations {
  let now = 0;
  let floor = 0;
  const points = new Map<string, number>();
  const flush = () => {
    now += 1;
    floor = now;
    points.clear();
  };
  return {
    get point() {
      return now;
    },
    isCurrent(point, tags) {
      if (point < floor) return false;
      if (points.size > 0) for (const tag of tags) if (point < (points.get(tag) ?? 0)) return false;
      return true;
    },
    invalidate(tags) {
      if (points.size + tags.length > maxTags) return flush();
      now += 1;
      for (const tag of tags) points.set(tag, now);
    },
    flush,
  };
}
