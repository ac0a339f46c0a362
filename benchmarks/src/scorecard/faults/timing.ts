import { head, jsonHeaders, longWidget, respond, type WireReply, widget } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const good = respond();
const body = JSON.stringify(widget);
const begun = head(200, jsonHeaders({ "content-length": String(body.length) }));
const silent: WireReply = { steps: ["stall"] };
const stalledBody: WireReply = { steps: [begun, body.slice(0, 20), "stall"] };
const dripping: WireReply = {
  steps: [head(200, jsonHeaders({ "transfer-encoding": "chunked" })), { drip: "1\r\n \r\n", everyMs: 100 }],
};

/** A server that is slow. */
export const timing: FaultGroup = {
  title: "Slow",
  faults: [
    {
      id: "slow-headers-once",
      title: "never responds to the first request, and responds to the second",
      call: { kind: "read" },
      server: { replies: [silent, good] },
      expected: { outcome: "value", requests: [2, 2], withinMs: 5_000 },
      why: "A read may be sent again: RFC 9110, section 9.2.2.",
    },
    {
      id: "slow-headers",
      title: "never responds",
      call: { kind: "read" },
      server: { replies: [silent] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000, names: ["operation", "attempts"] },
      why: "A call ends by the timeout that was set.",
    },
    {
      id: "slow-headers-write",
      title: "has the write, and never responds",
      call: { kind: "write" },
      server: { replies: [{ ...silent, applies: true }] },
      expected: { outcome: "error", withinMs: 16_000, names: ["operation"] },
      why: "What may have been applied is not sent again without a key: RFC 9110, section 9.2.2.",
    },
    {
      id: "slow-body-once",
      title: "stops inside the first body, and sends the second whole",
      call: { kind: "read" },
      server: { replies: [stalledBody, good] },
      expected: { outcome: "value", requests: [2, 2], withinMs: 5_000 },
      why: "The timeout of an attempt covers its body, too.",
    },
    {
      id: "slow-body",
      title: "stops inside each body",
      call: { kind: "read" },
      server: { replies: [stalledBody] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000, names: ["operation", "attempts"] },
      why: "The timeout of an attempt covers its body, too.",
    },
    {
      id: "slow-drip",
      title: "sends a byte every 100 ms and never ends",
      call: { kind: "read" },
      server: { replies: [dripping] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000, names: ["operation"] },
      why: "A timeout is for the response, not for the silence between its bytes.",
    },
    {
      id: "slow-whole",
      title: "takes 600 ms for headers and 300 ms for the body, less than the timeout",
      call: { kind: "read" },
      server: { replies: [{ steps: [{ waitMs: 600 }, begun, { waitMs: 300 }, body] }] },
      expected: { outcome: "value", requests: [1, 1] },
      why: "Slow is not broken.",
    },
    {
      id: "long-body-in-pieces",
      title: "sends 200 KB in two pieces that split the head and a character",
      call: { kind: "read" },
      server: { replies: [splitReply()] },
      expected: { outcome: "value", requests: [1, 1] },
      why: "TCP keeps no boundaries.",
    },
  ],
};

function splitReply(): WireReply {
  const text = Buffer.from(longWidget(200_000).replace('"x', '"é'));
  const bytes = Buffer.concat([Buffer.from(head(200, jsonHeaders({ "content-length": String(text.length) }))), text]);
  const inside = bytes.indexOf(Buffer.from("é")) + 1;
  return {
    steps: [bytes.subarray(0, 10), { waitMs: 30 }, bytes.subarray(10, inside), { waitMs: 30 }, bytes.subarray(inside)],
  };
}
