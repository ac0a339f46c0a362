import { agents } from "./measure/agents.ts";
import { bundle } from "./measure/bundle.ts";
import { cache } from "./measure/cache.ts";
import { coldImport } from "./measure/cold-import.ts";
import { completion } from "./measure/completion.ts";
import { events } from "./measure/events.ts";
import { generate } from "./measure/generate.ts";
import { graphql } from "./measure/graphql.ts";
import { installedSize } from "./measure/installed-size.ts";
import { loopback } from "./measure/loopback.ts";
import { observers } from "./measure/observers.ts";
import { profile } from "./measure/profile.ts";
import { rateLimit } from "./measure/rate-limit.ts";
import { stubbedCall } from "./measure/stubbed-call.ts";
import { tenantMemory } from "./measure/tenant-memory.ts";
import { types } from "./measure/types.ts";
import { webhooks } from "./measure/webhooks.ts";
import type { Bench } from "./report/section.ts";

/** Every measurement, in the order of the report. A new one is a file of `measure/` and a line here. */
export const benches: readonly Bench[] = [
  types,
  completion,
  bundle,
  coldImport,
  installedSize,
  generate,
  stubbedCall,
  loopback,
  profile,
  observers,
  events,
  graphql,
  rateLimit,
  tenantMemory,
  webhooks,
  cache,
  agents,
];
