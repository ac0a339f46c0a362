import { errorBody, head, jsonHeaders, respond } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const good = respond();

/** Many calls, and what they leave behind. */
export const load: FaultGroup = {
  title: "Many calls",
  faults: [
    {
      id: "expired-token",
      title: "rejects the token of 50 calls at once, and accepts the next one",
      call: { kind: "expired-token", count: 50 },
      server: {
        replies: ({ headers }) =>
          Object.values(headers).some(
            (value) =>
              value.includes("fresh") ||
              Buffer.from(value.replace("Basic ", ""), "base64").toString("latin1").includes("fresh"),
          )
            ? good
            : respond({ status: 401, body: errorBody(401) }),
      },
      expected: { outcome: "value", requests: [50, 110], refreshes: 1 },
      why: "A refresh token may be good for one use: RFC 9700, section 4.14.2.",
    },
    {
      id: "unread-streams",
      title: "sends 50 long bodies that the program does not read, and then another response",
      call: { kind: "unread-streams", count: 50 },
      server: {
        replies: (_, { number }) =>
          number <= 50
            ? {
                steps: [
                  head(200, jsonHeaders({ "transfer-encoding": "chunked" })),
                  "10000\r\n",
                  "x".repeat(65_536),
                  "stall",
                ],
              }
            : good,
      },
      expected: { outcome: "value", requests: [51, 51], withinMs: 12_000 },
      why: "What is not read must not stop other calls for ever.",
    },
    {
      id: "distinct-paths",
      title: "responds to 10,000 distinct paths",
      call: { kind: "distinct-reads", count: 10_000, lanes: 20 },
      server: { replies: [good] },
      expected: { outcome: "value", requests: [10_000, 10_600], heapMiB: 12, withinMs: 90_000 },
      why: "A path is not remembered.",
      isAlone: true,
    },
    {
      id: "redis-lost",
      title: "responds, while the Redis that has the limits is killed",
      call: { kind: "redis-lost", count: 40 },
      server: { replies: [good] },
      expected: { outcome: "value", requests: [40, 40], withinMs: 12_000 },
      why: "A store of limits that fails does not fail calls.",
    },
  ],
};
