import { type Digests, webDigests } from "./digest.js";
import { nativeDigests } from "./native-digests.js";

let chosen: Digests | undefined;

/** The fastest way of this platform to compute hashes. */
export function platformDigests(): Digests {
  chosen ??= nativeDigests((globalThis as { process?: Parameters<typeof nativeDigests>[0] }).process) ?? webDigests();
  return chosen;
}
