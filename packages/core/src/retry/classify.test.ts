import { describe, expect, test } from "vitest";
import { createReply } from "../../test/call.js";
import { classifyBy } from "../../test/classify.js";
import { NetworkError, TimeoutError } from "../errors/call-errors.js";
import type { ReplyCondition, RetryRule } from "../provider/profile.js";
import { classifyError } from "./classify.js";

interface Received {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A clock of 1970. */
const startOfTime = { now: () => 0 };

const kindOf = (status: number, { headers, body }: Received = {}, rules: readonly RetryRule[] = []) =>
  classifyBy({ shouldRetryHeader: "acme-should-retry", rules })(createReply(status, headers, body), startOfTime).kind;

test.each([
  [200, "success"],
  [201, "success"],
  [204, "success"],
  [299, "success"],
  [304, "success"],
  [300, "failed"],
  [302, "failed"],
  [400, "failed"],
  [401, "reauthenticate"],
  [403, "failed"],
  [404, "failed"],
  [408, "transient"],
  [409, "failed"],
  [422, "failed"],
  [425, "transient"],
  [429, "throttled"],
  [500, "transient"],
  [501, "failed"],
  [502, "transient"],
  [503, "transient"],
  [504, "transient"],
  [505, "failed"],
  [529, "transient"],
] as const)("status %i alone is %s", (status, want) => {
  expect(kindOf(status)).toBe(want);
});

describe("a 413 that says when to try again is temporary, and was not applied (RFC 9110, section 15.5.14)", () => {
  const verdictOf = (status: number, headers: Record<string, string>) =>
    classifyBy()(createReply(status, headers), startOfTime);

  test.each(["retry-after", "retry-after-ms"])("%s", (name) => {
    expect(verdictOf(413, { [name]: "2" })).toMatchObject({ kind: "transient", notApplied: true, maybeApplied: false });
  });

  test("without it, it is final", () => {
    expect(verdictOf(413, {})).toMatchObject({ kind: "failed", notApplied: false });
  });

  test("a 503 that does is temporary as well, but may have been applied", () => {
    expect(verdictOf(503, { "retry-after": "2" })).toMatchObject({
      kind: "transient",
      retryAfterMs: 2_000,
      notApplied: false,
      maybeApplied: true,
    });
  });
});

describe("the provider's verdict header", () => {
  test.each([
    [500, "false", "failed"],
    [429, "false", "failed"],
    [400, "true", "transient"],
    [409, "true", "transient"],
    [429, "true", "throttled"],
    [500, "perhaps", "transient"],
    [200, "true", "success"],
  ] as const)("on status %i with %s gives %s", (status, word, want) => {
    expect(kindOf(status, { headers: { "acme-should-retry": word } })).toBe(want);
  });

  test("takes precedence over the profile's rules", () => {
    const rules: RetryRule[] = [{ when: { status: 409 }, verdict: "transient" }];
    expect(kindOf(409, { headers: { "acme-should-retry": "false" } }, rules)).toBe("failed");
  });
});

describe("a rule", () => {
  const matches = (when: ReplyCondition, status = 403, received: Received = {}) =>
    kindOf(status, received, [{ when, verdict: "throttled" }]) === "throttled";

  test.each<[when: ReplyCondition, headers: Record<string, string>, body: unknown, want: boolean]>([
    [{ status: 403 }, {}, undefined, true],
    [{ status: [402, 403] }, {}, undefined, true],
    [{ status: [402, 404] }, {}, undefined, false],
    [{ path: "/things" }, {}, undefined, true],
    [{ path: "/v2/things" }, {}, undefined, false],
    [{ headers: { "x-left": "0" } }, { "x-left": "0" }, undefined, true],
    [{ headers: { "x-left": "0" } }, { "x-left": "10" }, undefined, false],
    [{ headers: { "x-left": true } }, { "x-left": "" }, undefined, true],
    [{ headers: { "x-left": true } }, {}, undefined, false],
    [{ body: { at: ["ok"], equals: false } }, {}, { ok: false }, true],
    [{ body: { at: ["ok"], equals: false } }, {}, { ok: true }, false],
    [{ body: { at: ["ok"], equals: false } }, {}, undefined, false],
    [{ body: { at: ["errors", 0, "type"], oneOf: ["A", "B"] } }, {}, { errors: [{ type: "B" }] }, true],
    [{ body: { at: ["errors", 0, "type"], oneOf: ["A", "B"] } }, {}, { errors: [{ type: "C" }] }, false],
    [{ body: { at: ["message"], contains: "secondary" } }, {}, { message: "a secondary limit" }, true],
    [{ body: { at: ["message"], contains: "secondary" } }, {}, { message: 5 }, false],
    [{ body: { at: ["ok"], isNot: true } }, {}, { ok: true }, false],
    [{ body: { at: ["ok"], isNot: true } }, {}, { ok: "true" }, true],
    [{ body: { at: ["ok"], isNot: true } }, {}, {}, true],
    [{ body: { at: ["ok"], isNot: true } }, {}, undefined, false],
    [{ status: 403, headers: { "x-left": "0" } }, { "x-left": "1" }, undefined, false],
    [{}, {}, undefined, true],
    // R47: what an object inherits is not part of a document.
    [{ body: { at: ["constructor", "name"], equals: "Object" } }, {}, {}, false],
    [{ body: { at: ["__proto__", "a"], equals: 1 } }, {}, { a: 1 }, false],
  ])("%j against %j and %j: %s", (when, ...[headers, body, want]) => {
    expect(matches(when, 403, { headers, body })).toBe(want);
  });

  test("the first that matches wins, whatever the status says", () => {
    const rules: RetryRule[] = [
      { when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" },
      { when: { status: 200 }, verdict: "throttled" },
    ];
    expect(kindOf(200, { body: { ok: false } }, rules)).toBe("failed");
    expect(kindOf(200, { body: { ok: true } }, rules)).toBe("throttled");
  });

  test("has its own wait where no header has one", () => {
    const facts = { rules: [{ when: { status: 403 }, verdict: "throttled", waitMs: 10_000 }] } as const;
    expect(classifyBy(facts)(createReply(403), startOfTime)).toMatchObject({ retryAfterMs: 10_000 });
    expect(classifyBy(facts)(createReply(403, { "retry-after": "2" }), startOfTime)).toMatchObject({
      retryAfterMs: 2_000,
    });
  });

  test("can say that a write was not applied; one that was throttled never was", () => {
    const facts = { rules: [{ when: { status: 503 }, verdict: "transient", notApplied: true }] } as const;
    expect(classifyBy(facts)(createReply(503), startOfTime)).toMatchObject({ kind: "transient", notApplied: true });
    expect(classifyBy(facts)(createReply(500), startOfTime)).toMatchObject({ kind: "transient", notApplied: false });
    expect(classifyBy(facts)(createReply(429), startOfTime)).toMatchObject({ kind: "throttled", notApplied: true });
  });
});

describe("what was thrown", () => {
  const operation = "GET /things";
  test("a connection that was never made is transient, and nothing was applied", () => {
    const error = new NetworkError("", { operation, code: "ECONNREFUSED", maybeSent: false });
    expect(classifyError(error)).toMatchObject({ kind: "transient", notApplied: true });
  });

  test("a lost connection or a timed-out attempt is transient, and may have been applied", () => {
    const lost = new NetworkError("", { operation, code: "ECONNRESET", maybeSent: true });
    const timeoutError = new TimeoutError("", { operation, limit: "attempt", limitMs: 1 });
    timeoutError.maybeSent = true;
    expect(classifyError(lost)).toMatchObject({ kind: "transient", notApplied: false });
    expect(classifyError(timeoutError)).toMatchObject({ kind: "transient", notApplied: false });
  });

  test("a deadline, an abort or anything else is not sent again", () => {
    expect(classifyError(new TimeoutError("", { operation, limit: "deadline", limitMs: 1 })).kind).toBe("failed");
    expect(classifyError(new DOMException("", "AbortError")).kind).toBe("failed");
    expect(classifyError("text").kind).toBe("failed");
  });
});
