import { aborts } from "./aborts.ts";
import { bodies } from "./bodies.ts";
import { connections } from "./connections.ts";
import type { Fault, FaultGroup } from "./fault.ts";
import { headers } from "./headers.ts";
import { lists } from "./lists.ts";
import { load } from "./load.ts";
import { rateLimits } from "./rate-limits.ts";
import { redirects } from "./redirects.ts";
import { statuses } from "./statuses.ts";
import { timing } from "./timing.ts";
import { tls } from "./tls.ts";

/** Every fault, in the order of the report. A new one is an entry of one of these files. */
export const groups: readonly FaultGroup[] = [
  timing,
  connections,
  bodies,
  statuses,
  rateLimits,
  redirects,
  headers,
  aborts,
  tls,
  lists,
  load,
];

/** All of them, without their groups. */
export const faults: readonly Fault[] = groups.flatMap((group) => group.faults);
