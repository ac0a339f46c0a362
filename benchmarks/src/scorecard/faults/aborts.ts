import { head, jsonHeaders, respond, widget } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const begun = head(200, jsonHeaders({ "content-length": String(JSON.stringify(widget).length) }));
const why = "An aborted call ends at once, and nothing is sent afterwards.";
const ended = { outcome: "error", requests: [1, 1], withinMs: 800 } as const;

/** The caller leaves. */
export const aborts: FaultGroup = {
  title: "The caller aborts",
  faults: [
    {
      id: "abort-before",
      title: "would respond, but the signal is aborted already",
      call: { kind: "aborted", afterMs: 0 },
      server: { replies: [respond()] },
      expected: { outcome: "error", requests: [0, 0], withinMs: 500 },
      why: "Nothing is sent.",
    },
    {
      id: "abort-headers",
      title: "has not responded yet when the signal is aborted",
      call: { kind: "aborted", afterMs: 200 },
      server: { replies: [{ steps: ["stall"] }] },
      expected: ended,
      why,
    },
    {
      id: "abort-body",
      title: "is inside the body when the signal is aborted",
      call: { kind: "aborted", afterMs: 200 },
      server: { replies: [{ steps: [begun, '{"id"', "stall"] }] },
      expected: ended,
      why,
    },
    {
      id: "abort-backoff",
      title: "has asked to wait for 3 s when the signal is aborted",
      call: { kind: "aborted", afterMs: 300 },
      server: { replies: [respond({ status: 503, headers: { "retry-after": "3" } })] },
      expected: ended,
      why,
    },
    {
      id: "abort-write",
      title: "has the write, and has not responded when the signal is aborted",
      call: { kind: "aborted", afterMs: 200, isWrite: true },
      server: { replies: [{ steps: ["stall"], applies: true }] },
      expected: ended,
      why,
    },
  ],
};
