function durationMs(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** The shortest of five durations of the same work, in milliseconds: it has the least of what else the machine does. */
export function bestOfMs(work: () => unknown): number {
  return Math.min(...Array.from({ length: 5 }, () => durationMs(work)));
}

/**
 * How much longer one work takes than another, the least of five pairs: both of a pair run one after the other, so that a machine which is
 * slow for a while is slow for both.
 */
export function bestRatio(work: () => unknown, control: () => unknown): number {
  const pairs = Array.from({ length: 5 }, () => durationMs(work) / durationMs(control));
  return Math.min(...pairs);
}

/** The shortest duration of a single pass over a text, in milliseconds: the control of what reads it in linear time. */
export function singlePassMs(text: string): number {
  return bestOfMs(() => {
    let sum = 0;
    for (let at = 0; at < text.length; at += 1) sum += text.charCodeAt(at);
    return sum;
  });
}
