import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { reopenable } from "../index.js";
import { type SignableRequest, type SigningOptions, signed } from "./index.js";

type Respond = Parameters<typeof stubFetch>[0];

/** A client whose requests are signed by a count, and what was signed and sent. */
function signing(respond?: Respond, options: SigningOptions = {}) {
  const clock = fakeClock();
  const seen: SignableRequest[] = [];
  const { fetch, requests } = stubFetch(respond);
  const sign = (request: SignableRequest) => {
    seen.push(request);
    return { "x-signature": `${seen.length}` };
  };
  const policy = signed(sign, { clock, ...options });
  const acme = createAcme({ fetch, clock, random: () => 0, policies: { perAttempt: [policy] } });
  const signatures = () => requests.map(({ headers }) => headers.get("x-signature"));
  return { acme, clock, seen, requests, signatures };
}

const dated = (status: number, date: number, headers = {}) =>
  Response.json({}, { status, headers: { date: new Date(date).toUTCString(), ...headers } });

test("what is signed is what is sent: address, credential, body, time", async () => {
  const { acme, clock, seen, requests } = signing();
  await acme.POST("/things/{id}", { params: { path: { id: "a b" }, query: { q: "1" } }, body: { a: 1 } });
  expect(seen).toMatchObject([
    { method: "POST", url: "https://api.acme.test/things/a%20b?q=1", body: '{"a":1}', nowMs: clock.now(), attempt: 1 },
  ]);
  expect(seen[0]?.headers).toMatchObject({ authorization: `Bearer ${secret}`, "content-type": "application/json" });
  expect(requests[0]).toMatchObject({ url: seen[0]?.url, body: seen[0]?.body });
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({ ...seen[0]?.headers, "x-signature": "1" });
});

test("each attempt is signed anew, without the signature before", async () => {
  const { acme, seen, signatures, clock } = signing((_, count) => Response.json({}, { status: count < 3 ? 503 : 200 }));
  const call = acme.GET("/things");
  while (signatures().length < 3) await clock.advance(500);
  await call;
  expect(signatures()).toEqual(["1", "2", "3"]);
  expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(seen.every(({ headers }) => !("x-signature" in headers))).toBe(true);
});

test("a redirect never gets a signature: it is an error", async () => {
  const { acme, requests } = signing(() => new Response(null, { status: 307, headers: { location: "/other" } }));
  const error = await rejection(acme.GET("/things"));
  expect(error).toMatchObject({ name: "UnsafeRedirectError" });
  expect(requests).toHaveLength(1);
});

test.each([
  ["a stream", () => new Blob(["a"]).stream()],
  ["a file that is read from disk", () => reopenable(() => new Blob(["a"]).stream())],
])("%s is refused before anything is sent, unless the signature leaves the body out", async (_, bodyOf) => {
  const send = ({ acme }: ReturnType<typeof signing>) =>
    acme.POST("/things", { body: bodyOf(), headers: { "content-type": "text/plain" } });
  const refused = signing();
  const error = await rejection(send(refused));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(error.message).toContain("cannot be signed: pass its bytes, or `unsignedBody`");
  expect(refused.requests).toEqual([]);
  const allowed = signing(undefined, { unsignedBody: true });
  await send(allowed);
  expect(allowed.seen[0]?.body).toBeUndefined();
  expect(allowed.signatures()).toEqual(["1"]);
});

test("a signature that a header cannot carry is not shown", async () => {
  const { fetch } = stubFetch();
  const policies = { perAttempt: [signed(() => ({ "x-signature": "secret\r\nx-other: 1" }))] };
  const error = await rejection(createAcme({ fetch, policies }).GET("/things"));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(`${error.message} ${JSON.stringify(error)}`).not.toContain("x-other");
});

const hour = 3_600_000;

test.each([401, 403])(
  "a %i whose Date is an hour ahead: signed with the provider's time, and sent once more",
  async (status) => {
    let now = 0;
    const { acme, clock, seen } = signing((_, count) => dated(count === 1 ? status : 200, now));
    now = clock.now() + hour;
    await acme.POST("/things", { body: {} });
    expect(seen.map(({ nowMs }) => Math.round((nowMs - clock.now()) / 10_000))).toEqual([0, 360]);
    await acme.GET("/things");
    expect(seen).toHaveLength(3);
    expect(Math.round(((seen[2]?.nowMs ?? 0) - clock.now()) / 10_000)).toBe(360);
  },
);

test("is not sent again where the clocks agree, or where it was signed with the provider's time before", async () => {
  let aheadMs = 0;
  const { acme, clock, seen } = signing(() => dated(403, clock.now() + aheadMs));
  await rejection(acme.GET("/things"));
  expect(seen).toHaveLength(1);
  aheadMs = hour;
  await rejection(acme.GET("/things"));
  expect(seen).toHaveLength(3);
  await rejection(acme.GET("/things"));
  expect(seen).toHaveLength(4);
});

test("a response that a cache held for an hour does not move the clock", async () => {
  const { acme, clock, seen } = signing(() => dated(200, clock.now() - hour, { age: "3600" }));
  await acme.GET("/things");
  await acme.GET("/things");
  expect(seen.map(({ nowMs }) => nowMs)).toEqual([clock.now(), clock.now()]);
});
