import { replyJson } from "../pipeline/reply-json.js";
import type { CreateQuotaCosts } from "../pipeline/strategies.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { readPath } from "../platform/json-path.js";

/** Learns what operations of GraphQL cost of a quota, by their documents. One whose cost is not known yet takes 1. */
export const quotaCosts: CreateQuotaCosts = ({ bucket, cost: place }) => {
  const costs = boundedMemo((_: string) => ({ cost: 1 }));
  return {
    costOf: ({ operation: { costKey, bucket: own } }) =>
      own === bucket && costKey !== undefined ? costs.get(costKey).cost : 1,
    learn({ operation: { costKey } }, reply) {
      if (costKey === undefined) return;
      const cost = readPath(replyJson(reply), place);
      if (typeof cost === "number" && Number.isFinite(cost) && cost >= 1) costs.get(costKey).cost = cost;
    },
  };
};
