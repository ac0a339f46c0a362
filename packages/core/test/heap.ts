import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of this process's heap that something still holds. */
export function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // The second takes what the first one's finalizers let go of.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
