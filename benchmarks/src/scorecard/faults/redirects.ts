import { type ResponseInit, respond } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const good = respond();
const to = (status: number, location: string, more: ResponseInit = {}) => ({
  ...respond({ status, body: "", headers: { location, "content-type": "text/plain" }, ...more }),
  applies: false,
});

/** A server that sends the client somewhere else. */
export const redirects: FaultGroup = {
  title: "Redirects",
  faults: [
    ...[301, 302, 307, 308].map((status) => ({
      id: `${status}-same-origin`,
      title: `redirects a read to another path with ${status}`,
      call: { kind: "read" } as const,
      server: { replies: [to(status, "/moved"), good] },
      expected: { outcome: "value", requests: [2, 2] } as const,
      why: "RFC 9110, section 15.4.",
    })),
    {
      id: "302-other-origin",
      title: "redirects a read to another origin",
      call: { kind: "read" },
      server: { replies: (_, { otherUrl }) => to(302, `${otherUrl}/moved`) },
      expected: { outcome: "either", requests: [1, 2] },
      why: "The credential is for one origin: https://fetch.spec.whatwg.org/#http-redirect-fetch, step 13.",
    },
    ...[307, 308].map((status) => ({
      id: `${status}-write-other-origin`,
      title: `redirects a write to another origin with ${status}`,
      call: { kind: "write" } as const,
      server: { replies: (_: unknown, { otherUrl }: { otherUrl: string }) => to(status, `${otherUrl}/moved`) },
      expected: { outcome: "error" } as const,
      why: "Nobody there was meant to have the body: CWE-601.",
    })),
    ...[301, 302].map((status) => ({
      id: `${status}-write`,
      title: `redirects a write to another path with ${status}`,
      call: { kind: "write" } as const,
      server: {
        replies: ({ method }: { method: string }, { number }: { number: number }) =>
          number === 1 || method === "POST" ? to(status, "/moved") : good,
      },
      expected: { outcome: "error" } as const,
      why: "Many clients follow with a GET (RFC 9110, section 15.4.3), whose result is not that of the write.",
    })),
    {
      id: "303-write",
      title: "redirects an applied write to its result with 303",
      call: { kind: "write" },
      server: {
        replies: [
          { ...to(303, "/result"), applies: true },
          { ...good, applies: false },
        ],
      },
      expected: { outcome: "value", requests: [2, 2] },
      why: "RFC 9110, section 15.4.4.",
    },
    {
      id: "redirect-loop",
      title: "redirects for ever",
      call: { kind: "read" },
      server: { replies: [to(302, "/again")] },
      expected: { outcome: "error", requests: [2, 64], withinMs: 16_000 },
      why: "RFC 9110, section 15.4.",
    },
    {
      id: "redirect-nowhere",
      title: "redirects to an address that is not one",
      call: { kind: "read" },
      server: { replies: [to(302, "http://[bad")] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000 },
      why: "It is an error, and not a hang.",
    },
    {
      id: "redirect-to-file",
      title: "redirects to file:///etc/passwd",
      call: { kind: "read" },
      server: { replies: [to(302, "file:///etc/passwd")] },
      expected: { outcome: "error", requests: [1, 4], withinMs: 16_000 },
      why: "Only HTTP: https://fetch.spec.whatwg.org/#http-redirect-fetch, step 6.",
    },
    {
      id: "https-to-http",
      title: "redirects from https to http",
      call: { kind: "read" },
      server: { tls: "trusted", replies: (_, { otherUrl }) => to(302, `${otherUrl}/moved`) },
      expected: { outcome: "either", requests: [1, 2] },
      why: "The credential is not sent unencrypted: CWE-319.",
    },
  ],
};
