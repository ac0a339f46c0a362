import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { memoryInbox } from "./memory-inbox.js";

const hourMs = 3_600_000;

test("R39: a memory inbox remembers an event for 76 hours, and no longer", async () => {
  const clock = fakeClock(0);
  const inbox = memoryInbox({ clock });
  const claim = await inbox.claim("evt_1", 60_000);
  await inbox.complete("evt_1", claim.kind === "claimed" ? claim.token : "");
  await clock.advance(76 * hourMs - 1);
  expect(await inbox.claim("evt_1", 60_000)).toEqual({ kind: "done" });
  await clock.advance(1);
  expect(await inbox.claim("evt_1", 60_000)).toMatchObject({ kind: "claimed" });
});

test("a lost claim can neither be renewed nor released", async () => {
  const clock = fakeClock(0);
  const inbox = memoryInbox({ clock });
  const first = await inbox.claim("evt_1", 1_000);
  await clock.advance(1_000);
  const second = await inbox.claim("evt_1", 1_000);
  if (first.kind !== "claimed" || second.kind !== "claimed") throw new Error("not claimed");
  expect(await inbox.renew("evt_1", first.token, 9_000)).toBe(false);
  await inbox.release("evt_1", first.token);
  expect(await inbox.claim("evt_1", 1_000)).toEqual({ kind: "busy", retryAfterMs: 1_000 });
  expect(await inbox.renew("evt_1", second.token, 9_000)).toBe(true);
  expect(await inbox.claim("evt_1", 1_000)).toEqual({ kind: "busy", retryAfterMs: 9_000 });
  await inbox.release("evt_1", second.token);
  expect(await inbox.claim("evt_1", 1_000)).toMatchObject({ kind: "claimed" });
});

test("a memory inbox remembers at most `maxEvents`, and forgets the oldest processed events first", async () => {
  const inbox = memoryInbox({ maxEvents: 3, clock: fakeClock(0) });
  for (const id of ["a", "b", "c", "d"]) {
    const claim = await inbox.claim(id, 1_000);
    await inbox.complete(id, claim.kind === "claimed" ? claim.token : "");
  }
  expect(await inbox.claim("d", 1_000)).toEqual({ kind: "done" });
  expect(await inbox.claim("b", 1_000)).toEqual({ kind: "done" });
  expect(await inbox.claim("a", 1_000)).toMatchObject({ kind: "claimed" });
});

test("the oldest responses are forgotten when all of them are too long, and their events are still known", async () => {
  const inbox = memoryInbox({ maxResponseLength: 10 });
  for (const [key, response] of [
    ["a", "12345"],
    ["b", "12345"],
    ["b", "1234"],
    ["c", "12"],
  ] as const) {
    await inbox.complete(key, "token", response);
  }
  expect(await inbox.claim("a", 1)).toEqual({ kind: "done" });
  expect(await inbox.claim("b", 1)).toEqual({ kind: "done", response: "1234" });
  expect(await inbox.claim("c", 1)).toEqual({ kind: "done", response: "12" });
});

test("a memory inbox forgets an event, processed or claimed, so that it can be claimed again", async () => {
  const inbox = memoryInbox({ clock: fakeClock(0) });
  await inbox.complete("a", "token", "response");
  await inbox.forget("a");
  const claim = await inbox.claim("a", 1_000);
  if (claim.kind !== "claimed") throw new Error("not claimed");
  await inbox.forget("a");
  expect(await inbox.renew("a", claim.token, 1_000)).toBe(false);
  expect(await inbox.claim("a", 1_000)).toMatchObject({ kind: "claimed" });
  await inbox.forget("unknown");
});
