import { errorBody, head, jsonHeaders, respond, widget } from "../server/reply.ts";
import { allNames, type FaultGroup } from "./fault.ts";

const good = respond();
const unavailable = respond({ status: 503 });

/** Errors of a server. */
export const statuses: FaultGroup = {
  title: "Failures of the server",
  faults: [
    {
      id: "503-once",
      title: "responds with 503 once",
      call: { kind: "read" },
      server: { replies: [unavailable, good] },
      expected: { outcome: "value", requests: [2, 2] },
      why: "503 is temporary: RFC 9110, section 15.6.4.",
    },
    {
      id: "503-storm",
      title: "responds with 503 for ever",
      call: { kind: "read" },
      server: { replies: [unavailable] },
      expected: { outcome: "error", requests: [2, 4], withinMs: 16_000, names: allNames },
      why: "A few attempts, with pauses.",
    },
    {
      id: "503-storm-100",
      title: "responds with 503 to each of 100 calls at once",
      call: { kind: "reads", count: 100, atOnce: true },
      server: { replies: [unavailable] },
      expected: { outcome: "error", requests: [100, 150] },
      why: "A budget keeps retries from multiplying the load: https://sre.google/sre-book/handling-overload/",
    },
    {
      id: "503-write",
      title: "applies the write, and responds with 503",
      call: { kind: "write" },
      server: { replies: [{ ...unavailable, applies: true }] },
      expected: { outcome: "error", names: allNames },
      why: "A server that failed may have applied the write: RFC 9110, section 9.2.2.",
    },
    {
      id: "500-write",
      title: "applies the write, and responds with 500",
      call: { kind: "write" },
      server: { replies: [{ ...respond({ status: 500 }), applies: true }] },
      expected: { outcome: "error", names: allNames },
      why: "A server that failed may have applied the write: RFC 9110, section 9.2.2.",
    },
    {
      id: "501",
      title: "responds with 501",
      call: { kind: "read" },
      server: { replies: [respond({ status: 501 })] },
      expected: { outcome: "error", requests: [1, 1], names: ["operation", "status", "request id"] },
      why: "The server does not know the method: RFC 9110, section 15.6.2.",
    },
    {
      id: "404",
      title: "responds with 404",
      call: { kind: "read" },
      server: { replies: [respond({ status: 404 })] },
      expected: { outcome: "error", requests: [1, 1], names: ["operation", "status", "request id"] },
      why: "Sending it again would not help.",
    },
    {
      id: "error-not-json",
      title: "responds with 502 and a page of a proxy",
      call: { kind: "read" },
      server: {
        replies: [
          respond({ status: 502, body: "<html><h1>Bad Gateway</h1></html>", headers: { "content-type": "text/html" } }),
        ],
      },
      expected: { outcome: "error", requests: [2, 4], withinMs: 16_000, names: allNames },
      why: "The status and the request id are known all the same.",
    },
    {
      id: "early-hints",
      title: "sends 103 before its response",
      call: { kind: "read" },
      server: {
        replies: [
          {
            steps: [
              "HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n",
              head(200, jsonHeaders({ "content-length": String(JSON.stringify(widget).length) })),
              JSON.stringify(widget),
            ],
          },
        ],
      },
      expected: { outcome: "value", requests: [1, 1] },
      why: "A 1xx is not the response: RFC 9110, section 15.2.",
    },
    {
      id: "repeats-credential",
      title: "repeats the credential in its error and in a header",
      call: { kind: "read" },
      server: {
        replies: ({ headers }) => {
          const credential = headers.authorization ?? headers["x-api-key"] ?? "";
          return respond({
            status: 400,
            body: errorBody(400, `Not valid: ${credential}`),
            headers: { "x-debug": credential },
          });
        },
      },
      expected: { outcome: "error", requests: [1, 1], names: ["operation", "status", "request id"] },
      why: "Errors end in logs: CWE-532.",
    },
  ],
};
