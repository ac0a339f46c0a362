import { respond } from "../server/reply.ts";
import type { FaultGroup } from "./fault.ts";

const good = respond();
const call = { kind: "read" } as const;
const rejected = { outcome: "error", requests: [0, 0], withinMs: 8_000, names: ["operation"] } as const;
const certificate = "RFC 9110, section 4.3.4.";

/** TLS that cannot be trusted, or does not work. */
export const tls: FaultGroup = {
  title: "TLS",
  faults: [
    {
      id: "tls",
      title: "has a certificate that is trusted",
      call,
      server: { tls: "trusted", replies: [good] },
      expected: { outcome: "value", requests: [1, 1] },
      why: "So that the failures below are those of their certificates.",
    },
    {
      id: "tls-unknown",
      title: "has a certificate of an unknown authority",
      call,
      server: { tls: "unknown", replies: [good] },
      expected: rejected,
      why: certificate,
    },
    {
      id: "tls-expired",
      title: "has a certificate that has expired",
      call,
      server: { tls: "expired", replies: [good] },
      expected: rejected,
      why: certificate,
    },
    {
      id: "tls-other-host",
      title: "has a certificate for another host",
      call,
      server: { tls: "other-host", replies: [good] },
      expected: rejected,
      why: certificate,
    },
    {
      id: "tls-write",
      title: "has a certificate of an unknown authority, for a write",
      call: { kind: "write" },
      server: { tls: "unknown", replies: [good] },
      expected: rejected,
      why: certificate,
    },
    {
      id: "tls-reset",
      title: "resets each connection within the handshake",
      call,
      server: { onConnect: [{ waitMs: 20 }, "reset"], replies: [good] },
      expected: { ...rejected, withinMs: 16_000 },
      why: "Nothing was sent.",
    },
    {
      id: "tls-silent",
      title: "is silent within the handshake",
      call,
      server: { onConnect: ["stall"], replies: [good] },
      expected: { ...rejected, withinMs: 16_000 },
      why: "The timeout covers the handshake, too.",
    },
    {
      id: "tls-plain",
      title: "responds to the handshake with plain HTTP",
      call,
      server: { onConnect: ["HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", "close"], replies: [good] },
      expected: { ...rejected, withinMs: 16_000 },
      why: "It is not TLS.",
    },
  ],
};
