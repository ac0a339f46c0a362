import type { Next } from "../src/index.js";
import { createReply } from "./call.js";

/** A provider that counts its responses. */
export function counting(headers: Record<string, string> = {}, status = 200): Next {
  let count = 0;
  return async () => {
    count += 1;
    return createReply(status, headers, { count });
  };
}
