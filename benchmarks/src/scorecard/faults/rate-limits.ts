import { type ResponseInit, respond, type WireReply } from "../server/reply.ts";
import { allNames, type CallPlan, type Expected, type Fault, type FaultGroup } from "./fault.ts";

const good = respond();
const refused = (headers: NonNullable<ResponseInit["headers"]>, asksMs?: number, status = 429): WireReply => ({
  ...respond({ status, headers }),
  ...(asksMs !== undefined && { asksMs }),
});

const rfc = "RFC 9110, section 10.2.3";
/** The next whole second after at least `ms`, so that a date asks for a known wait. */
const later = (ms: number) => new Date(Math.ceil((Date.now() + ms) / 1_000) * 1_000);

/** A reply that names a time: computed when it is sent. */
const until = (text: (at: Date) => string): Fault["server"]["replies"] => {
  return (_, { number }) => {
    if (number > 1) return good;
    const at = later(1_000);
    return refused({ "retry-after": text(at) }, at.getTime() - Date.now());
  };
};

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
function rfc850(at: Date): string {
  const [, day, month, year = "", time] = at.toUTCString().split(" ");
  return `${days[at.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
}
function asctime(at: Date): string {
  const [weekday = "", day = "", month, year, time] = at.toUTCString().split(" ");
  return `${weekday.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

const waits: Expected = { outcome: "value", requests: [2, 3], waits: true };
const read: CallPlan = { kind: "read" };

/** One form of Retry-After; after it the server accepts the request. */
const form = (
  id: string,
  value: string,
  rest: Pick<Fault, "title" | "why"> & { asksMs?: number; expected?: Expected },
): Fault => ({
  id,
  title: rest.title,
  call: read,
  server: { replies: [refused({ "retry-after": value }, rest.asksMs), good] },
  expected: rest.expected ?? waits,
  why: rest.why,
});

/** A form that says nothing usable: a client goes on as if it were absent. */
const unusable: Expected = { outcome: "value", requests: [2, 3], withinMs: 16_000 };
/** A wait that no program can afford: it learns so at once. */
const absurd: Expected = { outcome: "error", requests: [1, 4], withinMs: 16_000, names: allNames };
const forever = (id: string, title: string, value: string): Fault => ({
  id,
  title,
  call: read,
  server: { replies: [refused({ "retry-after": value })] },
  expected: absurd,
  why: "A call ends in time, and says what happened.",
});

/** A server that wants fewer requests. */
export const rateLimits: FaultGroup = {
  title: "429 and quotas",
  faults: [
    form("429-seconds", "1", { title: "responds with 429 and `Retry-After: 1`", asksMs: 1_000, why: rfc }),
    {
      ...form("429-date", "", { title: "responds with 429 and a date", why: rfc }),
      server: { replies: until((at) => at.toUTCString()) },
    },
    {
      ...form("429-date-rfc850", "", {
        title: "responds with 429 and a date of RFC 850",
        why: "RFC 9110, section 5.6.7",
      }),
      server: { replies: until(rfc850) },
    },
    {
      ...form("429-date-asctime", "", {
        title: "responds with 429 and a date of asctime()",
        why: "RFC 9110, section 5.6.7",
      }),
      server: { replies: until(asctime) },
    },
    {
      ...form("429-ms", "", {
        title: "responds with 429 and `retry-after-ms: 700`",
        why: "https://learn.microsoft.com/azure/ai-services/openai/how-to/quota, and the SDKs of OpenAI",
      }),
      server: { replies: [refused({ "retry-after-ms": "700" }, 700), good] },
    },
    form("429-fraction", "1.5", {
      title: "responds with 429 and `Retry-After: 1.5`",
      asksMs: 1_500,
      why: "Not of RFC 9110, but sent; to wait less provokes the next 429.",
    }),
    form("429-zero", "0", { title: "responds with 429 and `Retry-After: 0`", why: rfc, expected: unusable }),
    form("429-negative", "-1", {
      title: "responds with 429 and `Retry-After: -1`",
      why: "Malformed: as if it were absent.",
      expected: unusable,
    }),
    form("429-words", "soon", {
      title: "responds with 429 and `Retry-After: soon`",
      why: "Malformed: as if it were absent.",
      expected: unusable,
    }),
    form("429-long-number", "1".repeat(4_000), {
      title: "responds with 429 and 4,000 digits",
      why: "Malformed: as if it were absent.",
      expected: { outcome: "either", withinMs: 16_000 },
    }),
    {
      ...form("429-twice", "", {
        title: "responds with 429 and Retry-After twice, 1 and 2",
        asksMs: 2_000,
        why: "The longer one satisfies both: RFC 9110, section 5.3.",
      }),
      server: { replies: [refused({ "retry-after": ["1", "2"] }, 2_000), good] },
    },
    {
      ...form("429-without", "", {
        title: "responds with 429 without a header",
        why: "It is temporary: RFC 6585, section 4.",
        expected: { outcome: "value", requests: [2, 3], withinMs: 16_000 },
      }),
      server: { replies: [refused({}), good] },
    },
    forever("429-a-day", "asks to wait for a day", "86400"),
    forever("429-epoch", "asks for 1,735,689,600 seconds, which is a time of 2025", "1735689600"),
    forever("429-2099", "asks to wait until 2099", "Wed, 21 Oct 2099 07:28:00 GMT"),
    {
      id: "429-storm",
      title: "responds with 429 for ever, each with `Retry-After: 1`",
      call: read,
      server: { replies: [refused({ "retry-after": "1" }, 1_000)] },
      expected: { outcome: "error", requests: [2, 5], waits: true, withinMs: 12_000, names: allNames },
      why: "A few attempts, none too early.",
    },
    {
      id: "429-write",
      title: "refuses the write with 429 and `Retry-After: 1`, and accepts it then",
      call: { kind: "write" },
      server: { replies: [refused({ "retry-after": "1" }, 1_000), good] },
      expected: waits,
      why: "It was refused, so nothing happens twice: RFC 6585, section 4.",
    },
    {
      id: "503-retry-after",
      title: "responds with 503 and `Retry-After: 1`",
      call: read,
      server: { replies: [refused({ "retry-after": "1" }, 1_000, 503), good] },
      expected: waits,
      why: rfc,
    },
    {
      id: "413-retry-after",
      title: "responds with 413 and `Retry-After: 1`",
      call: read,
      server: { replies: [refused({ "retry-after": "1" }, 1_000, 413), good] },
      expected: waits,
      why: "Temporary: RFC 9110, section 15.5.14.",
    },
    {
      id: "429-pauses-all",
      title: "refuses everything for a second after the first of 20 calls, and then accepts 20 a second",
      call: { kind: "reads", count: 20, atOnce: true },
      server: { replies: windowed() },
      expected: { outcome: "value", requests: [20, 65], withinMs: 16_000 },
      why: "All calls that share the limit should learn of it.",
    },
    {
      id: "quota-used-up",
      title: "says with its first response that the quota is used up for more than a second",
      call: { kind: "quota", count: 2 },
      server: { replies: (_, { number }) => (number === 1 ? usedUp() : good) },
      expected: { outcome: "value", requests: [2, 2], waits: true },
      why: "The next request would be refused: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api",
    },
    {
      id: "429-wrong-clock",
      title: "has a clock that is an hour ahead, and asks to wait until a second from its now",
      call: read,
      server: {
        replies: (_, { number }) => {
          if (number > 1) return good;
          const hour = 3_600_000;
          const now = new Date(Math.floor(Date.now() / 1_000) * 1_000 + hour);
          return refused(
            { date: now.toUTCString(), "retry-after": new Date(now.getTime() + 1_000).toUTCString() },
            950,
          );
        },
      },
      expected: { outcome: "value", requests: [2, 2], waits: true, withinMs: 8_000 },
      why: "The date is relative to the `Date` of its message: RFC 9110, section 10.2.3.",
    },
    {
      id: "429-behind-clock",
      title: "has a clock that is an hour behind, and asks to wait until a second from its now",
      call: read,
      server: {
        replies: (_, { number }) => {
          if (number > 1) return good;
          const hour = 3_600_000;
          const now = new Date(Math.floor(Date.now() / 1_000) * 1_000 - hour);
          return refused(
            { date: now.toUTCString(), "retry-after": new Date(now.getTime() + 1_000).toUTCString() },
            950,
          );
        },
      },
      expected: { outcome: "value", requests: [2, 2], waits: true, withinMs: 8_000 },
      why: "The date is relative to the `Date` of its message: RFC 9110, section 10.2.3.",
    },
  ],
};

/** A success that says, in the headers of each provider, that nothing is left until a whole second that is at least one away. */
function usedUp(): WireReply {
  const resetAt = later(1_000);
  const waitMs = resetAt.getTime() - Date.now();
  const seconds = String(resetAt.getTime() / 1_000);
  return {
    ...respond({
      headers: {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": seconds,
        "x-ratelimit-resource": "core",
        "x-hubspot-ratelimit-max": "100",
        "x-hubspot-ratelimit-remaining": "0",
        "x-hubspot-ratelimit-interval-milliseconds": String(waitMs),
      },
    }),
    asksMs: waitMs,
  };
}

/** For a second after the first request it refuses all others. */
function windowed(): Fault["server"]["replies"] {
  return (request, { number }) => {
    if (number === 1) firstAt.set(request.headers.host ?? "", request.atMs);
    const since = request.atMs - (firstAt.get(request.headers.host ?? "") ?? 0);
    return number > 1 && since < 1_000 ? refused({ "retry-after": "1" }, 1_000 - since) : good;
  };
}
const firstAt = new Map<string, number>();
