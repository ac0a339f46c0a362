import type { Clock } from "../../platform/clock.js";
import type { SendRequest } from "../server/send-request.js";

/** The clock of an authorization server, as far as its responses tell it. */
export interface ServerClock {
  readonly send: SendRequest;
  /** The wall clock of the server, in milliseconds since the epoch. */
  now(): number;
}

// `Date` has whole seconds, and a response takes time.
const toleratedMs = 30_000;

/** Learns from the `Date` of each response how far the clock of this machine is from that of the server. */
export function serverClock(send: SendRequest, clock: Clock): ServerClock {
  let aheadMs = 0;
  return {
    now: () => clock.now() + aheadMs,
    async send(request, redact) {
      const reply = await send(request, redact);
      const differenceMs = Date.parse(reply.headers.get("date") ?? "") - clock.now();
      aheadMs = Math.abs(differenceMs) > toleratedMs ? differenceMs : 0;
      return reply;
    },
  };
}
