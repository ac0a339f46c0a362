import fc from "fast-check";
import { stringify } from "qs";
import Stripe from "stripe";
import twilioSdk from "twilio";
import { expect, test } from "vitest";
import { anyFields } from "../nested-values.js";
import { sentRequest } from "../sent-request.js";

// What a provider's own client sends for the same values, pair by pair.

const pairsOf = (text: string) => [...new URLSearchParams(text)];

/** The form that Twilio's client sends for a call. */
async function sentByTwilio(call: (client: twilioSdk.Twilio) => Promise<unknown>) {
  let form = "";
  const httpClient = {
    async request({ data }: { data: object }) {
      // As its RequestClient does.
      form = stringify(data, { arrayFormat: "repeat" });
      return { statusCode: 201, body: {} };
    },
  };
  await call(twilioSdk(`AC${"0".repeat(32)}`, "token", { httpClient: httpClient as never }));
  return pairsOf(form);
}

/** The form that Stripe's client sends for parameters. */
async function sentByStripe(params: object) {
  let form = "";
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    form = String(init.body);
    return Response.json({ id: "cus_1", object: "customer" });
  };
  const httpClient = Stripe.createFetchHttpClient(fetch as typeof globalThis.fetch);
  await new Stripe("sk_test_1", { httpClient, telemetry: false }).rawRequest("POST", "/v1/customers", params as never);
  return pairsOf(form);
}

async function sentByUs(body: object, form: "form-brackets" | "form-repeat") {
  const dates = form === "form-brackets" ? "unix-seconds" : "iso";
  const { response } = await sentRequest({ body }, { body: form, dates });
  return pairsOf(await response.text());
}

const service = "VA00000000000000000000000000000000";
const sorted = (pairs: [string, string][]) => pairs.map((pair) => pair.join("=")).sort();

test("objects go to Twilio as its own client sends them: the rate limits of a verification", async () => {
  const limits = { end_user_ip_address: "127.0.0.1", end_user_session: "s_1" };
  const theirs = await sentByTwilio(({ verify }) =>
    verify.v2.services(service).verifications.create({ to: "+15017122661", channel: "sms", rateLimits: limits }),
  );
  const body = { To: "+15017122661", Channel: "sms", RateLimits: limits };
  expect(sorted(await sentByUs(body, "form-repeat"))).toEqual(sorted(theirs));
  expect(theirs).toContainEqual(["RateLimits", JSON.stringify(limits)]);
});

test("objects go to Twilio as its own client sends them: metadata with the name of another field", async () => {
  const metadata = { FactorType: "totp", os: { name: "ios" } };
  const theirs = await sentByTwilio(({ verify }) =>
    verify.v2
      .services(service)
      .entities("user-1")
      .newFactors.create({ friendlyName: "phone", factorType: "push", metadata }),
  );
  const body = { FriendlyName: "phone", FactorType: "push", Metadata: metadata };
  expect(sorted(await sentByUs(body, "form-repeat"))).toEqual(sorted(theirs));
});

test("objects go to Twilio as its own client sends them: a list of objects", async () => {
  const fields = [
    { label: "Amount", value: "5 €" },
    { label: "To", value: "Ada & Co" },
  ];
  const hiddenDetails = { ip: "10.0.0.1", nested: { list: [1, 2] } };
  const theirs = await sentByTwilio(({ verify }) =>
    verify.v2
      .services(service)
      .entities("user-1")
      .challenges.create({ factorSid: "YF1", "details.message": "Hi", "details.fields": fields, hiddenDetails }),
  );
  const body = { FactorSid: "YF1", "Details.Message": "Hi", "Details.Fields": fields, HiddenDetails: hiddenDetails };
  expect(sorted(await sentByUs(body, "form-repeat"))).toEqual(sorted(theirs));
});

test("any parameters go to Stripe as its own client sends them", async () => {
  const property = fc.asyncProperty(
    anyFields({ nulls: true }),
    fc.date({ noInvalidDate: true }),
    async (body, date) => {
      const given = { ...body, created: { gte: date } };
      expect(await sentByUs(given, "form-brackets")).toEqual(await sentByStripe(given));
    },
  );
  await fc.assert(property, { numRuns: 100 });
});
