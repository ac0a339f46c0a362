import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSendgrid } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: [] } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createSendgrid>[0] = {}) =>
  createSendgrid({ auth: "SG.1", baseUrl: server.url, random: () => 0, ...options });
const mail = {
  body: {
    personalizations: [{ to: [{ email: "john@example.com" }] }],
    from: { email: "sendgrid@example.com" },
    subject: "Hi",
    content: [{ type: "text/plain", value: "Hi" }],
  },
};
const paths = () => server.requests.map(({ path }) => path);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test("an email is accepted by a 202 without a body, and its id is in a header", async () => {
  server.faults.push({ kind: "response", status: 202, headers: { "x-message-id": "14c5d75ce93" }, body: "" });
  const { data, response } = await create().POST("/mail/send", mail);
  expect([data, response.status, response.headers.get("x-message-id")]).toEqual([undefined, 202, "14c5d75ce93"]);
});

test("an email whose response is lost is not sent again", async () => {
  server.faults.push({ kind: "response", status: 500 });
  const { error } = await create().safe.POST("/mail/send", mail);
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests).toHaveLength(1);
});

test("the search for contacts is a POST that reads, and is sent again", async () => {
  server.faults.push({ kind: "response", status: 500 });
  await create().POST("/marketing/contacts/search", { body: { query: "email LIKE 'a%'" } });
  expect(server.requests).toHaveLength(2);
});

test.each([
  ["a time", "1600000030"],
  ["a number of seconds", "30"],
])("the reset of a quota is read as %s", async (_, reset) => {
  const nowMs = 1_600_000_000_000;
  const quota = { "x-ratelimit-limit": "150", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
  const headers = { ...quota, date: new Date(nowMs).toUTCString() };
  server.faults.push({ kind: "response", status: 200, headers, body: [] });
  const clock = fakeClock(nowMs);
  const sendgrid = create({ clock });
  await sendgrid.GET("/suppression/blocks");
  const next = sendgrid.GET("/suppression/blocks");
  await clock.advance(29_000);
  await settle();
  expect(server.requests).toHaveLength(1);
  await clock.advance(2_000);
  await next;
  expect(server.requests).toHaveLength(2);
});

test("a quota that is used up delays its own operation, and not the emails", async () => {
  const headers = { "x-ratelimit-limit": "150", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" };
  server.faults.push({ kind: "response", status: 200, headers, body: [] });
  const clock = fakeClock();
  const sendgrid = create({ clock });
  await sendgrid.GET("/suppression/blocks");
  const next = sendgrid.GET("/suppression/blocks");
  await sendgrid.POST("/mail/send", mail);
  expect(paths()).toEqual(["/suppression/blocks", "/mail/send"]);
  await clock.advance(31_000);
  await next;
});

test("a 429 of one subuser does not delay another one", async () => {
  server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "30" } });
  const clock = fakeClock();
  const sendgrid = create({ clock, maxAttempts: 1 });
  const as = (subuser: string) => ({ params: { header: { "on-behalf-of": subuser } } });
  await sendgrid.safe.GET("/suppression/blocks", as("ada"));
  await sendgrid.GET("/suppression/blocks", as("account-id 7"));
  const names = server.requests.map(({ headers }) => headers["on-behalf-of"]);
  expect(names).toEqual(["ada", "account-id 7"]);
});

test("a 401 for used up emails asks for no other key", async () => {
  const asked: boolean[] = [];
  const auth = ({ refresh }: { refresh: boolean }) => {
    asked.push(refresh);
    return "SG.1";
  };
  const body = { errors: [{ message: "Maximum credits exceeded", field: null, help: null }] };
  server.faults.push({ kind: "response", status: 401, body });
  const { error } = await create({ auth }).safe.POST("/mail/send", mail);
  expect(error).toMatchObject({ name: "AuthenticationError", message: expect.stringContaining("credits exceeded") });
  expect(asked).toEqual([false]);
});

test("the subusers of the EU are at a host of their own", async () => {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return Response.json([]);
  };
  await createSendgrid({ auth: "SG.1", fetch }).GET("/suppression/blocks");
  await createSendgrid({ auth: "SG.1", environment: "eu", fetch }).GET("/suppression/blocks");
  expect(urls).toEqual([
    "https://api.sendgrid.com/v3/suppression/blocks",
    "https://api.eu.sendgrid.com/v3/suppression/blocks",
  ]);
});

// The compiler tests it: what responds at once, and takes no position, is not a list.
export const notLists = (sendgrid: ReturnType<typeof createSendgrid>) => [
  sendgrid.paginate("/suppression/blocks"),
  // @ts-expect-error it responds with all segments
  sendgrid.paginate("/marketing/segments/2.0"),
  // @ts-expect-error it responds with all exports
  sendgrid.paginate("/marketing/contacts/exports"),
];
