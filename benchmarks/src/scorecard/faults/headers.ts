import { head, jsonHeaders, respond, widget } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const body = JSON.stringify(widget);
const length = { "content-length": String(body.length) };

/** Headers that are hostile or wrong. */
export const headers: FaultGroup = {
  title: "Headers",
  faults: [
    {
      id: "huge-header",
      title: "sends a header of 1 MiB",
      call: { kind: "read" },
      server: { replies: [respond({ headers: { "x-long": "a".repeat(1_048_576) } })] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000, names: ["operation"] },
      why: "A bound on headers: Node's is 16 KiB.",
    },
    {
      id: "many-headers",
      title: "sends 1,500 headers of 8 bytes",
      call: { kind: "read" },
      server: {
        replies: [
          respond({ headers: Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [`x${index}`, "1"])) }),
        ],
      },
      expected: { outcome: "either", requests: [1, 4], withinMs: 16_000 },
      why: "It ends, one way or the other.",
    },
    {
      id: "control-in-header",
      title: "sends a header with a NUL",
      call: { kind: "read" },
      server: { replies: [respond({ headers: { "x-odd": "a\u0000b" } })] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000 },
      why: "RFC 9110, section 5.5.",
    },
    {
      id: "folded-header",
      title: "folds a header over two lines",
      call: { kind: "read" },
      server: { replies: [respond({ headers: { "x-folded": "a\r\n b" } })] },
      expected: { outcome: "either", requests: [1, 4], withinMs: 16_000 },
      why: "Obsolete: RFC 9112, section 5.2.",
    },
    {
      id: "two-lengths",
      title: "sends two different lengths",
      call: { kind: "read" },
      server: {
        replies: [{ steps: [head(200, jsonHeaders({ "content-length": [String(body.length), "7"] })), body] }],
      },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000 },
      why: "RFC 9112, section 6.3.",
    },
    {
      id: "length-and-chunks",
      title: "sends a length and chunks",
      call: { kind: "read" },
      server: {
        replies: [
          {
            steps: [
              head(200, jsonHeaders({ ...length, "transfer-encoding": "chunked" })),
              `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
            ],
          },
        ],
      },
      expected: { outcome: "either", requests: [1, 4], withinMs: 16_000 },
      why: "Chunks override the length, or it is an error: RFC 9112, section 6.3.",
    },
    {
      id: "not-http",
      title: "responds with the greeting of another protocol",
      call: { kind: "read" },
      server: { replies: [{ steps: ["220 smtp.example.com ESMTP\r\n", "close"] }] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000, names: ["operation"] },
      why: "It is not HTTP.",
    },
    {
      id: "unknown-encoding",
      title: "says `content-encoding: steam`",
      call: { kind: "read" },
      server: { replies: [respond({ body: Buffer.from([1, 2, 3, 4]), headers: { "content-encoding": "steam" } })] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000 },
      why: "It cannot be decoded: RFC 9110, section 8.4.",
    },
    {
      id: "prototype-in-json",
      title: "sends `__proto__` in its JSON",
      call: { kind: "read" },
      server: {
        replies: [
          respond({
            body: `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},${body.slice(1)}`,
          }),
        ],
      },
      expected: { outcome: "value", requests: [1, 1] },
      why: "No object but this one changes: CWE-1321.",
    },
    {
      id: "link-header-bomb",
      title: "sends a Link header of 12 KB of brackets",
      call: { kind: "read" },
      server: { replies: [respond({ headers: { link: "<".repeat(12_000) } })] },
      expected: { outcome: "value", requests: [1, 1], withinMs: 3_000 },
      why: "Reading it takes linear time: CWE-1333.",
    },
  ],
};
