import type { KeyDigests } from "../request/cache-key.js";
import type { TenantNames } from "../request/tenant-names.js";
import type { Invalidations } from "./invalidations.js";
import type { MemoryTier } from "./memory-tier.js";
import type { SharedTier } from "./shared-tier.js";

/** The parts of a cache that its clients share. */
export interface CacheParts {
  readonly memory: MemoryTier;
  readonly shared: SharedTier | undefined;
  /** How old an entry of this process may be before the shared store is asked whether it was invalidated. */
  readonly maxLocalAgeMs: () => number;
  readonly digests: KeyDigests;
  readonly names: TenantNames;
  readonly invalidations: Invalidations;
}
