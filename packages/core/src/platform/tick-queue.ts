const maxItems = 1_000;

// Code that only waits for promises that are settled adds its next item within some ten microtasks.
const idleMicrotasks = 50;

/**
 * Returns a function that adds an item, and passes them on together: those that are added before the event loop turns, up to 1,000
 * of them.
 *
 * It waits by microtasks. A timer would be later, and on Workers it belongs to one request: when that is canceled the items of
 * others would wait forever (https://developers.cloudflare.com/workers/observability/errors/#cannot-perform-io-on-behalf-of-a-different-request).
 */
export function tickQueue<Item>(flush: (items: readonly Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];
  const flushWhenIdle = async () => {
    let count = 0;
    for (let idle = 0; idle < idleMicrotasks && count < maxItems; idle += 1) {
      await undefined;
      if (waiting.length > count) idle = 0;
      count = waiting.length;
    }
    const all = waiting;
    waiting = [];
    for (let start = 0; start < count; start += maxItems) flush(all.slice(start, start + maxItems));
  };
  return (item) => {
    waiting.push(item);
    if (waiting.length === 1) void flushWhenIdle();
  };
}
