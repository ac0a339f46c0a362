import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import { type BoxPayload, webhooks } from "./webhooks.js";

const event = {
  type: "webhook_event",
  id: "eb0c4e06-751f-442c-86f8-fd5bb404dbec",
  trigger: "FILE.UPLOADED",
  source: { id: "73835521473", type: "file" },
};

test("a handler of an uploaded file gets its payload, once for each event, however often it is delivered", async () => {
  const uploaded: unknown[] = [];
  const POST = webhooks.handler({
    secrets: "SamplePrimaryKey",
    on: {
      "FILE.UPLOADED": ({ payload }) => {
        expectTypeOf(payload).toEqualTypeOf<BoxPayload>();
        uploaded.push(payload.source?.id);
      },
    },
  });
  // "When Box retries a webhook this ID will change": https://developer.box.com/guides/webhooks/v2#payload-headers
  for (const id of ["673a081b-bb4b-4d45-b4f1-4131a29c1d07", "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f"]) {
    const headers = { "box-delivery-id": id };
    const request = await signWebhook(webhooks.scheme, event, { secret: "SamplePrimaryKey", headers });
    expect((await POST(request)).status).toBe(204);
  }
  expect(uploaded).toEqual(["73835521473"]);
});

test("either key is enough, so that one can be replaced while the other signs", async () => {
  // `testWebhookValidation` in src/test/webhooks.generated.test.ts of box/box-typescript-sdk-gen
  const request = {
    method: "POST",
    headers: {
      "box-delivery-timestamp": "2020-01-01T00:00:00-07:00",
      "box-signature-primary": "6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI=",
      "box-signature-secondary": "v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo=",
    },
    body: '{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}',
  };
  const verify = (secrets: string | readonly string[], minutes = 0) => {
    const clock = { now: () => Date.parse("2020-01-01T00:00:00-07:00") + minutes * 60_000 };
    return webhooks.verify(request, { secrets, clock });
  };
  for (const secrets of ["SamplePrimaryKey", "SampleSecondaryKey", ["IncorrectKey", "SampleSecondaryKey"]])
    expect((await verify(secrets)).events.map(({ type }) => type)).toEqual(["FILE.UPLOADED"]);
  await expect(verify("IncorrectKey")).rejects.toThrow();
  // https://developer.box.com/guides/webhooks/v2/signatures-v2#timestamp-validation
  await expect(verify("SamplePrimaryKey", 11)).rejects.toThrow();
});
