interface Event {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Events in the order of their times; those of one time in the order in which they were added. */
export interface EventQueue {
  /** Adds an event. Returns a function that removes it. */
  add(atMs: number, run: () => void): () => void;
  /** The time of the first event; undefined where there is none. */
  nextAtMs(): number | undefined;
  /** Removes the first event and runs it. */
  runNext(): void;
}

/** Creates a queue, as a binary heap. */
export function createEventQueue(): EventQueue {
  const heap: Event[] = [];
  let count = 0;
  const isBefore = (a: Event, b: Event) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

  const push = (event: Event) => {
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = event;
  };

  const pop = (): Event | undefined => {
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (child >= heap.length || !isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  };

  const dropRemoved = () => {
    while (heap[0] && heap[0].run === undefined) pop();
  };

  return {
    add(atMs, run) {
      const event: Event = { atMs, order: count++, run };
      push(event);
      return () => {
        event.run = undefined;
      };
    },
    nextAtMs() {
      dropRemoved();
      return heap[0]?.atMs;
    },
    runNext() {
      dropRemoved();
      pop()?.run?.();
    },
  };
}
