import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The size of the heap of this process after garbage collection, in bytes. */
export function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // The second collection frees what the finalizers of the first one released.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
