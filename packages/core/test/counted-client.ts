import { instantClock } from "@connectry/testing";
import type { ConnectorOptions } from "../src/client/options.js";
import type { ProviderProfile } from "../src/provider/profile.js";
import { type Telemetry, type TelemetryOptions, telemetry } from "../src/telemetry/index.js";
import { createAcme } from "./acme.js";
import { stubFetch } from "./stub-fetch.js";

type Respond = Parameters<typeof stubFetch>[0];

interface Parts {
  readonly respond?: Respond;
  readonly options?: ConnectorOptions;
  readonly profile?: Partial<ProviderProfile>;
  readonly metrics?: TelemetryOptions;
}

/** A client whose calls are counted. */
export function setUp({ respond, options, profile, metrics: own }: Parts = {}) {
  const clock = options?.clock ?? instantClock();
  const { fetch, requests } = stubFetch(respond);
  const metrics = telemetry({ clock, ...own });
  const client = createAcme({ fetch, clock, random: () => 0, observe: metrics, ...options }, profile);
  return { client, metrics, requests, clock };
}

/** What was counted of its connector. */
export const acmeOf = (metrics: Telemetry) => metrics.snapshot().connectors[0]!;
