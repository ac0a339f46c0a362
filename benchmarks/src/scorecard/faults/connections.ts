import { head, jsonHeaders, respond, type WireReply, widget } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const good = respond();
const body = JSON.stringify(widget);
const begun = head(200, jsonHeaders({ "content-length": String(body.length) }));
const [goodBytes] = good.steps as [Uint8Array];

/** Sends the first response of each connection, and resets it instead of the second. */
const stale = {
  replies: (_: unknown, { onConnection }: { onConnection: number }): WireReply =>
    onConnection === 1 ? good : { steps: ["reset"] },
};

/** A server whose connections break. */
export const connections: FaultGroup = {
  title: "Broken connections",
  faults: [
    {
      id: "refused",
      title: "does not listen",
      call: { kind: "read" },
      server: { replies: [good], isClosed: true },
      expected: { outcome: "error", names: ["operation", "attempts"] },
      why: "Nothing was sent.",
    },
    {
      id: "reset-before",
      title: "resets the connection of the first request",
      call: { kind: "read" },
      server: { replies: [{ steps: ["reset"] }, good] },
      expected: { outcome: "value", requests: [2, 2] },
      why: "A read may be sent again: RFC 9110, section 9.2.2.",
    },
    {
      id: "reset-in-head",
      title: "resets inside the first status line",
      call: { kind: "read" },
      server: { replies: [{ steps: ["HTTP/1.1 20", { waitMs: 20 }, "reset"] }, good] },
      expected: { outcome: "value", requests: [2, 2] },
      why: "A read may be sent again: RFC 9110, section 9.2.2.",
    },
    {
      id: "reset-in-body",
      title: "resets inside the first body",
      call: { kind: "read" },
      server: { replies: [{ steps: [begun, body.slice(0, 30), { waitMs: 20 }, "reset"] }, good] },
      expected: { outcome: "value", requests: [2, 2] },
      why: "A message that ends before its length is incomplete: RFC 9112, section 8.",
    },
    {
      id: "closed-in-body",
      title: "closes the connection inside the first body",
      call: { kind: "read" },
      server: { replies: [{ steps: [begun, body.slice(0, 30), "close"] }, good] },
      expected: { outcome: "value", requests: [2, 2] },
      why: "A message that ends before its length is incomplete: RFC 9112, section 8.",
    },
    {
      id: "closed-in-chunks",
      title: "closes the connection before the last chunk",
      call: { kind: "read" },
      server: {
        replies: [
          {
            steps: [
              head(200, jsonHeaders({ "transfer-encoding": "chunked" })),
              `${body.length.toString(16)}\r\n${body}\r\n`,
              "close",
            ],
          },
          good,
        ],
      },
      expected: { outcome: "value", requests: [2, 2] },
      why: "Without its last chunk a message is incomplete: RFC 9112, section 8.",
    },
    {
      id: "reset-after-body",
      title: "resets each connection after its response",
      call: { kind: "reads", count: 3, pauseMs: 60 },
      server: { replies: [{ steps: [goodBytes, { waitMs: 20 }, "reset"], applies: true }] },
      expected: { outcome: "value", requests: [3, 3] },
      why: "The response was complete.",
    },
    {
      id: "stale-read",
      title: "resets a kept connection when the next read comes",
      call: { kind: "reads", count: 2, pauseMs: 60 },
      server: stale,
      expected: { outcome: "value", requests: [2, 4] },
      why: "A client may send a read again over a new connection: RFC 9112, section 9.3.1.",
    },
    {
      id: "stale-write",
      title: "resets a kept connection when a write comes, which was not applied",
      call: { kind: "read-then-write", pauseMs: 60 },
      server: stale,
      expected: { outcome: "either", requests: [2, 4] },
      why: "A client must not send a write again unless it knows that it was not applied: RFC 9110, section 9.2.2.",
    },
    {
      id: "lost-response",
      title: "applies each write, and resets the connection before it responds",
      call: { kind: "write" },
      server: { replies: [{ steps: ["reset"], applies: true }] },
      expected: { outcome: "error", names: ["operation"] },
      why: "The write is applied once, or under one key: RFC 9110, section 9.2.2.",
    },
    {
      id: "lost-response-once",
      title: "applies the first write, resets the connection, and accepts the next request",
      call: { kind: "write" },
      server: { replies: [{ steps: ["reset"], applies: true }, good] },
      expected: { outcome: "either" },
      why: "The write is applied once, or under one key: RFC 9110, section 9.2.2.",
    },
    {
      id: "lost-inside-response",
      title: "applies the write, and closes inside the body of its response",
      call: { kind: "write" },
      server: { replies: [{ steps: [begun, body.slice(0, 30), "close"], applies: true }, good] },
      expected: { outcome: "either" },
      why: "The write is applied once, or under one key: RFC 9110, section 9.2.2.",
    },
    {
      id: "second-response",
      title: "sends a second response that nobody asked for",
      call: { kind: "reads", count: 2, pauseMs: 60 },
      server: {
        replies: (_, { number }) =>
          number === 1
            ? { steps: [goodBytes, respond({ body: '{"id":"stray","sid":"stray","ok":true}' }).steps[0] as Uint8Array] }
            : good,
      },
      expected: { outcome: "value" },
      why: "A response must not be taken for that of a later request: RFC 9112, section 9.2.",
    },
  ],
};
