import type { Clock } from "../src/platform/clock.js";
import type { ProviderProfile } from "../src/provider/profile.js";

const cost = ["extensions", "cost"];
const throttleStatus = [...cost, "throttleStatus"];
const points = { available: [...throttleStatus, "currentlyAvailable"], perSecond: [...throttleStatus, "restoreRate"] };

/** The facts of a provider that reports points as Shopify does: https://shopify.dev/docs/api/usage/limits */
export const pointFacts = {
  rateLimitHeaders: "none",
  graphql: { path: "/graphql" },
  retry: {
    rules: [
      {
        when: { status: 200, body: { at: ["errors", 0, "extensions", "code"], equals: "THROTTLED" } },
        verdict: "throttled",
        until: { needed: [...cost, "requestedQueryCost"], ...points },
      },
    ],
  },
  costLimit: {
    bucket: "default",
    size: 1_000,
    perSecond: 50,
    most: 1_000,
    report: {
      ...points,
      size: [...throttleStatus, "maximumAvailable"],
      requested: [...cost, "requestedQueryCost"],
      actual: [...cost, "actualQueryCost"],
    },
  },
} as const satisfies Partial<ProviderProfile>;

/** What an operation costs. */
export interface OperationCost {
  readonly requested: number;
  readonly actual: number;
}

/** A provider whose bucket of points is filled evenly: it takes what an operation requests when it arrives, and gives the rest back. */
export interface PointBucket {
  readonly fetch: typeof globalThis.fetch;
  /** The number of each response in the order of arrival: `200` or `THROTTLED`. */
  readonly responses: readonly string[];
  /** How many requests had arrived when the first response left. */
  readonly beforeFirst: number;
  /** How many points were taken. */
  readonly taken: number;
}

/** Creates a bucket that holds 1,000 points and gets 50 in a second, whose operations take `latencyMs`. */
export function pointBucket(
  clock: Clock,
  costOf: (query: string) => OperationCost,
  { latencyMs = 100, size = 1_000, perSecond = 50 } = {},
): PointBucket {
  let [left, atMs] = [size, clock.monotonic()];
  let hasResponded = false;
  const state = { responses: [] as string[], beforeFirst: 0, taken: 0 };
  const available = () => {
    const nowMs = clock.monotonic();
    left = Math.min(size, left + ((nowMs - atMs) * perSecond) / 1_000);
    atMs = nowMs;
    return left;
  };
  const respond = (body: object, { requested, actual }: { requested: number; actual: number | null }) => {
    if (!hasResponded) state.beforeFirst = state.responses.length;
    hasResponded = true;
    const throttle = { maximumAvailable: size, currentlyAvailable: Math.floor(available()), restoreRate: perSecond };
    const reported = { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: throttle };
    return Response.json({ ...body, extensions: { cost: reported } });
  };
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    const { query } = JSON.parse(String(init.body)) as { readonly query: string };
    const { requested, actual } = costOf(query);
    if (available() < requested) {
      state.responses.push("THROTTLED");
      const errors = [{ message: "Throttled", extensions: { code: "THROTTLED" } }];
      return respond({ errors }, { requested, actual: null });
    }
    state.responses.push("200");
    left -= requested;
    state.taken += actual;
    await clock.sleep(latencyMs, new AbortController().signal);
    left = Math.min(size, available() + requested - actual);
    return respond({ data: { shop: {} } }, { requested, actual });
  };
  return Object.assign(state, { fetch: fetch as typeof globalThis.fetch });
}
