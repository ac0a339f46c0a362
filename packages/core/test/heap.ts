import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of this process's heap that are still referenced. */
export function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // The second run collects what finalizers of the first one release.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
