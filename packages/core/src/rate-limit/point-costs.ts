import { replyJson } from "../pipeline/reply-json.js";
import type { CreatePointCosts } from "../pipeline/strategies.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { type JsonPath, readPath } from "../platform/json-path.js";
import { toBucket } from "./gcra.js";

/** What a tenant's responses report about its bucket. */
interface KnownBucket {
  size: number;
  perSecond: number;
}

/** A number at a path that is above 0, or 0 where that is allowed. */
function numberAt(json: unknown, path: JsonPath, least = 0): number | undefined {
  const value = readPath(json, path);
  return typeof value === "number" && Number.isFinite(value) && value >= least ? value : undefined;
}

// A bucket of less than a point in a second would never be waited for.
const leastPerSecond = 1;

/**
 * Learns what operations of GraphQL cost, by their documents, and the bucket of each tenant, from the JSON of responses. An operation
 * whose cost is not known yet reserves what the most expensive one costs.
 */
export const pointCosts: CreatePointCosts = ({ bucket, size, perSecond, most, report }) => {
  const costs = boundedMemo((_: string): { requested: number | undefined } => ({ requested: undefined }));
  const buckets = boundedMemo((_: string): KnownBucket => ({ size, perSecond }));
  return {
    costOf({ operation, tenant }) {
      if (operation.bucket !== bucket || operation.costKey === undefined) return undefined;
      const known = buckets.get(tenant?.id ?? "");
      const cost = costs.get(operation.costKey).requested ?? Math.min(most, known.size - known.perSecond);
      return { name: `${bucket} points`, gcra: toBucket(known), cost: Math.max(1, cost), isRefundable: true };
    },
    learn(call, reply, reserved) {
      const { operation, tenant } = call;
      const json = replyJson(reply);
      const requested = numberAt(json, report.requested);
      const available = numberAt(json, report.available);
      if (operation.costKey === undefined || requested === undefined || available === undefined) return undefined;
      costs.get(operation.costKey).requested = requested;
      const known = buckets.get(tenant?.id ?? "");
      known.size = numberAt(json, report.size, 1) ?? known.size;
      known.perSecond = numberAt(json, report.perSecond, leastPerSecond) ?? known.perSecond;
      // An operation that was rejected has taken nothing, and says null.
      const taken = readPath(json, report.actual) === null ? 0 : (numberAt(json, report.actual) ?? requested);
      // What was reserved has the rate of that time; from now on it is the one that the response reports.
      const gcra = toBucket(known);
      const { intervalMs } = gcra;
      const refundMs = Math.max(0, reserved.cost * reserved.gcra.intervalMs - taken * intervalMs);
      return { cost: { ...reserved, gcra }, refundMs, aheadMs: Math.max(0, known.size - available) * intervalMs };
    },
  };
};
