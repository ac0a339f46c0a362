import { gzipSync } from "node:zlib";
import { longWidget, respond, respondGzip, type WireReply, widget } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const good = respond();
const html = "<!doctype html><title>Log in</title><h1>Please log in</h1>";
const bombMiB = 192;
// Members that are joined are one body (RFC 1952, section 2.2). It is JSON, so that a client that does not stop parses all of it.
const member = gzipSync("0".repeat(1_048_576));
const bomb = Buffer.concat([
  gzipSync('{"id":"w_1","sid":"w_1","ok":true,"padding":"'),
  ...Array.from({ length: bombMiB }, () => member),
  gzipSync('"}'),
]);

/** A server whose bodies are not what they should be. */
export const bodies: FaultGroup = {
  title: "Bodies",
  faults: [
    {
      id: "truncated-json",
      title: "sends half of the JSON, with a length that agrees",
      call: { kind: "read" },
      server: { replies: [respond({ body: JSON.stringify(widget).slice(0, 40) })] },
      expected: { outcome: "error", requests: [1, 4], names: ["operation", "status", "request id"] },
      why: "It is not JSON.",
    },
    {
      id: "truncated-json-write",
      title: "applies the write, and sends half of the JSON",
      call: { kind: "write" },
      server: { replies: [respond({ body: JSON.stringify(widget).slice(0, 40) })] },
      expected: { outcome: "error", names: ["operation"] },
      why: "The write was applied; it is not sent again without a key: RFC 9110, section 9.2.2.",
    },
    {
      id: "html-200",
      title: "responds with a login page and 200",
      call: { kind: "read" },
      server: { replies: [respond({ body: html, headers: { "content-type": "text/html" } })] },
      expected: { outcome: "error", requests: [1, 4], names: ["operation", "status", "request id"] },
      why: "What was asked for did not arrive.",
    },
    {
      id: "empty-200",
      title: "responds with 200 and an empty body",
      call: { kind: "read" },
      server: { replies: [respond({ body: "" })] },
      expected: { outcome: "error", requests: [1, 4], names: ["operation"] },
      why: "What was asked for did not arrive.",
    },
    {
      id: "wrong-type",
      title: "labels its JSON as text/plain",
      call: { kind: "read" },
      server: { replies: [respond({ headers: { "content-type": "text/plain" } })] },
      expected: { outcome: "value", requests: [1, 1] },
      why: "It is the object that was asked for.",
    },
    {
      id: "byte-order-mark",
      title: "begins its JSON with a byte order mark",
      call: { kind: "read" },
      server: { replies: [respond({ body: `\uFEFF${JSON.stringify(widget)}` })] },
      expected: { outcome: "value", requests: [1, 1] },
      why: "A parser may ignore it: RFC 8259, section 8.1.",
    },
    {
      id: "gzip",
      title: "compresses its body",
      call: { kind: "read" },
      server: { replies: [respondGzip(longWidget(100_000))] },
      expected: { outcome: "value", requests: [1, 1] },
      why: "Content-Encoding: RFC 9110, section 8.4.",
    },
    {
      id: "cut-gzip",
      title: "cuts the first compressed body, with a length that agrees",
      call: { kind: "read" },
      server: { replies: [respondGzip(JSON.stringify(widget), 40), good] },
      expected: { outcome: "either", requests: [1, 2] },
      why: "Its end mark is missing: RFC 1952, section 2.3.",
    },
    {
      id: "false-gzip",
      title: "says gzip, and sends plain text",
      call: { kind: "read" },
      server: { replies: [respond({ headers: { "content-encoding": "gzip" } })] },
      expected: { outcome: "error", requests: [1, 4] },
      why: "It cannot be decoded.",
    },
    {
      id: "gzip-bomb",
      title: `sends ${bombMiB} MiB in ${Math.round(bomb.length / 1_024)} KiB of gzip`,
      call: { kind: "read" },
      server: { replies: [respond({ body: bomb, headers: { "content-encoding": "gzip" } })] },
      expected: { outcome: "error", requests: [1, 1], peakMiB: 96, heapMiB: 16 },
      why: "A bound on what a response may take: CWE-409.",
      isAlone: true,
    },
    {
      id: "long-body",
      title: "announces 8 GiB and sends without end",
      call: { kind: "read" },
      server: { replies: [endless()] },
      expected: { outcome: "error", requests: [1, 4], peakMiB: 96, heapMiB: 16 },
      why: "A bound on what a response may take: CWE-770.",
      isAlone: true,
    },
  ],
};

function endless(): WireReply {
  const piece = "0".repeat(1_048_576);
  const [start] = respond({ body: '{"id":"w_1","padding":"', headers: { "content-length": String(2 ** 33) } }).steps;
  // 768 MiB, then silence: more than any client here reads within its timeout.
  return { steps: [start as Uint8Array, ...Array.from({ length: 768 }, () => piece), "stall"] };
}
