import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeProvider } from "@connectry/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTwilio, facts, profile, type Twilio } from "./index.js";

const auth = { accountSid: "AC0123456789abcdef0123456789abcdef", authToken: "token_1" };
const message = { To: "+15558675310", From: "+15017122661", Body: "Hi" };
let server: FakeProvider;
let twilio: Twilio;

beforeAll(async () => {
  const documents = await loadDocuments("twilio");
  server = await fakeProvider({
    document: documents.map(({ json }) => json),
    profile,
    facts,
    credential: auth,
    unknownIds: "sample",
  });
  twilio = createTwilio({ auth, baseUrl: server.url });
});
afterAll(() => server.close());
afterEach(() => {
  server.faults.length = 0;
});

const lastRequest = () => server.requests.at(-1);

test("a message is sent from the account of the credential, read, redacted, and deleted", async () => {
  const { data: sent } = await twilio.POST("/2010-04-01/Accounts/{AccountSid}/Messages.json", { body: message });
  expect(lastRequest()?.path).toBe(`/2010-04-01/Accounts/${auth.accountSid}/Messages.json`);
  expect(lastRequest()?.headers.authorization).toBe(`Basic ${btoa(`${auth.accountSid}:${auth.authToken}`)}`);
  expect(sent).toMatchObject({ to: message.To, body: "Hi" });
  const params = { path: { Sid: String(sent.sid) } };
  const at = "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json";
  await twilio.POST(at, { params, body: { Body: "" } });
  expect((await twilio.GET(at, { params })).data).toMatchObject({ sid: sent.sid, to: message.To, body: "" });
  await twilio.DELETE(at, { params });
  expect((await twilio.safe.GET(at, { params })).error?.name).toBe("NotFoundError");
});

test("a path parameter names another account than that of the credential", async () => {
  const AccountSid = "ACffffffffffffffffffffffffffffffff";
  await twilio.GET("/2010-04-01/Accounts/{AccountSid}/Balance.json", { params: { path: { AccountSid } } });
  expect(lastRequest()?.path).toBe(`/2010-04-01/Accounts/${AccountSid}/Balance.json`);
});

test("a list in a form is a repeated key", async () => {
  const body = {
    To: message.To,
    From: message.From,
    Url: "https://example.com",
    StatusCallbackEvent: ["initiated", "ringing"],
  };
  await twilio.POST("/2010-04-01/Accounts/{AccountSid}/Calls.json", { body });
  expect(new TextDecoder().decode(lastRequest()?.bytes)).toContain(
    "StatusCallbackEvent=initiated&StatusCallbackEvent=ringing",
  );
});

test("an object in a form is one field of JSON, and replaces no other field", async () => {
  const rateLimits = { end_user_ip_address: "127.0.0.1" };
  await twilio.POST("/v2/Services/{ServiceSid}/Verifications", {
    params: { path: { ServiceSid: "VA0123456789abcdef0123456789abcdef" } },
    body: { To: message.To, Channel: "sms", RateLimits: rateLimits },
  });
  const sent = new URLSearchParams(new TextDecoder().decode(lastRequest()?.bytes));
  expect([...sent]).toEqual([
    ["To", message.To],
    ["Channel", "sms"],
    ["RateLimits", JSON.stringify(rateLimits)],
  ]);
  await twilio.POST("/v2/Services/{ServiceSid}/Entities/{Identity}/Factors", {
    params: { path: { ServiceSid: "VA0123456789abcdef0123456789abcdef", Identity: "user-0001" } },
    body: { FriendlyName: "phone", FactorType: "push", Metadata: { FactorType: "totp" } },
  });
  const factor = new URLSearchParams(new TextDecoder().decode(lastRequest()?.bytes));
  expect(factor.getAll("FactorType")).toEqual(["push"]);
  expect(factor.get("Metadata")).toBe('{"FactorType":"totp"}');
});

test("pagination follows the relative URLs of the 2010 API and the absolute URLs of Verify", async () => {
  let messages = 0;
  const query = { PageSize: 10 };
  for await (const _ of twilio.paginate("/2010-04-01/Accounts/{AccountSid}/Messages.json", { params: { query } }))
    messages += 1;
  expect(messages).toBe(25);
  let services = 0;
  for await (const _ of twilio.paginate("/v2/Services", { params: { query } })) services += 1;
  expect(services).toBe(25);
  expect(lastRequest()?.operation).toBe("GET /v2/Services");
});

test("operations of Verify are sent to Verify's server", async () => {
  const asked: string[] = [];
  const offline: typeof globalThis.fetch = async (input) => {
    asked.push(String(input));
    return Response.json({});
  };
  const live = createTwilio({ auth, fetch: offline });
  await live.GET("/v2/Services/{Sid}", { params: { path: { Sid: "VA1" } } });
  await live.GET("/2010-04-01/Accounts/{AccountSid}/Balance.json");
  expect(asked).toEqual([
    "https://verify.twilio.com/v2/Services/VA1",
    `https://api.twilio.com/2010-04-01/Accounts/${auth.accountSid}/Balance.json`,
  ]);
});

test("a message that was throttled is sent again, because it was not processed; one whose response was lost is not", async () => {
  server.faults.push({
    kind: "response",
    status: 429,
    headers: { "retry-after": "0" },
    body: { code: 20429, message: "Too Many Requests", status: 429 },
  });
  const { response } = await twilio.POST("/2010-04-01/Accounts/{AccountSid}/Messages.json", { body: message });
  expect(response.attempts.map(({ status }) => status)).toEqual([429, 201]);
  server.faults.push({ kind: "reset", after: "request", applied: true });
  const { error } = await twilio.safe.POST("/2010-04-01/Accounts/{AccountSid}/Messages.json", { body: message });
  expect(error?.name).toBe("OutcomeUnknownError");
});

test("an error has Twilio's number, message and request id", async () => {
  const body = {
    code: 21211,
    message: "Invalid 'To' Phone Number",
    more_info: "https://www.twilio.com/docs/errors/21211",
    status: 400,
  };
  server.faults.push({ kind: "response", status: 400, headers: { "twilio-request-id": "RQ1" }, body });
  const { error } = await twilio.safe.POST("/2010-04-01/Accounts/{AccountSid}/Messages.json", { body: message });
  expect(error).toMatchObject({ name: "BadRequestError", code: "21211", requestId: "RQ1", body });
});

test("messaging services are created and iterated at the address of Messaging", async () => {
  await twilio.POST("/v1/Services", { body: { FriendlyName: "Alerts" } });
  expect(lastRequest()).toMatchObject({ operation: "POST /v1/Services", body: { FriendlyName: "Alerts" } });
  const found = new Set<unknown>();
  for await (const { sid } of twilio.paginate("/v1/Services", { params: { query: { PageSize: 10 } } })) found.add(sid);
  expect(found.size).toBeGreaterThan(10);
  expect(facts.servers).toMatchObject({ "/v1/": "https://messaging.twilio.com" });
});
