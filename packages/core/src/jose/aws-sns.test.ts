import { beforeAll, expect, test } from "vitest";
import { harness } from "../../test/webhooks/harness.js";
import { certified, recordedFetch, rsaSign } from "../../test/webhooks/provider-keys.js";
import { signWebhook, verifyWebhook } from "../webhooks/index.js";
import { awsSns } from "./index.js";

const topic = "arn:aws:sns:us-west-2:123456789012:MyTopic";
const certificateUrl =
  "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem";

/** Of https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html */
const notification = {
  Type: "Notification",
  MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  TopicArn: topic,
  Subject: "My First Message",
  Message: "Hello world!\nü",
  Timestamp: "2012-05-02T00:54:06.655Z",
};
/** Of https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html */
const confirmation = {
  Type: "SubscriptionConfirmation",
  MessageId: "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
  Token: "2336412f37",
  TopicArn: topic,
  Message: "You have chosen to subscribe to the topic.",
  SubscribeURL: `https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=2336412f37`,
  Timestamp: "2012-04-26T20:45:04.751Z",
};

type Message = Readonly<Record<string, string>>;
let provider: Awaited<ReturnType<typeof certified>>;
beforeAll(async () => {
  provider = await certified();
});

/** The body of a message, signed as https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html says. */
function signed(message: Message, version: "1" | "2" = "2", changes: Message = {}): string {
  const names =
    message.Type === "Notification"
      ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
      : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
  const text = names.map((name) => (name in message ? `${name}\n${message[name]}\n` : "")).join("");
  const Signature = rsaSign(text, provider.privateKey, version === "1" ? "RSA-SHA1" : "RSA-SHA256");
  return JSON.stringify({
    ...message,
    SignatureVersion: version,
    Signature,
    SigningCertURL: certificateUrl,
    ...changes,
  });
}

const sns = () => {
  const { fetch, urls } = recordedFetch(() => new Response(provider.certificate));
  const scheme = awsSns({ fetch });
  const verify = (body: string, secrets: string | string[] = topic) =>
    verifyWebhook(scheme, { headers: { "content-type": "text/plain; charset=UTF-8" }, body }, { secrets });
  return { scheme, urls, verify };
};

test.each(["1", "2"] as const)("R36: a notification of signature version %s is accepted", async (version) => {
  const { verify, urls } = sns();
  const { Subject: _, ...withoutSubject } = notification;
  for (const message of [notification, withoutSubject]) {
    const { events, signedAtMs } = await verify(signed(message, version), ["arn:aws:sns:us-west-2:1:Other", topic]);
    expect(events).toMatchObject([{ type: "Notification", id: notification.MessageId }]);
    expect(signedAtMs).toBe(Date.parse(notification.Timestamp));
  }
  // One certificate serves all deliveries.
  expect(urls).toEqual([certificateUrl]);
});

test.each([
  ["another message", { Message: "Hello" }],
  ["another time", { Timestamp: "2012-05-02T00:54:07.655Z" }],
  ["a signature of another version", { SignatureVersion: "1" }],
])("R37: a notification with %s is rejected", async (_, changes) => {
  const { verify } = sns();
  await expect(verify(signed(notification, "2", changes))).rejects.toMatchObject({ reason: "wrong-secret" });
});

test.each<[string, Message, string]>([
  ["another topic", { TopicArn: "arn:aws:sns:us-west-2:999:Theirs" }, "wrong-secret"],
  ["a signature that is too short", { Signature: "AAAA" }, "wrong-secret"],
  ["an unknown version", { SignatureVersion: "3" }, "malformed"],
  ["a version named as a member of objects", { SignatureVersion: "constructor" }, "malformed"],
  ["a certificate by HTTP", { SigningCertURL: certificateUrl.replace("https", "http") }, "malformed"],
  [
    "a certificate of another host",
    { SigningCertURL: "https://sns.us-west-2.amazonaws.com.evil.test/a.pem" },
    "malformed",
  ],
  [
    "a certificate behind user information",
    { SigningCertURL: "https://sns.us-west-2.amazonaws.com@evil.test/SimpleNotificationService-1.pem" },
    "malformed",
  ],
  [
    "a certificate in a bucket",
    { SigningCertURL: "https://sns.s3.amazonaws.com/../x/SimpleNotificationService-1.pem" },
    "malformed",
  ],
])("R37: %s is rejected without a request", async (_, changes, reason) => {
  const { verify, urls } = sns();
  await expect(verify(signed({ ...notification, ...changes }, "2", changes))).rejects.toMatchObject({ reason });
  expect(urls).toEqual([]);
});

test("a subscription to the topic is confirmed on SNS, once it is verified", async () => {
  const { fetch, urls } = recordedFetch(
    (url) => new Response(url === certificateUrl ? provider.certificate : "<xml/>"),
  );
  const { handler, processed } = harness(awsSns({ fetch }), { secrets: topic });
  const post = (body: string) => handler(new Request("https://example.com/sns", { method: "POST", body }));
  expect((await post(signed(confirmation))).status).toBe(200);
  expect(urls).toEqual([certificateUrl, confirmation.SubscribeURL]);
  // Not authentic, or to another host.
  expect((await post(signed(confirmation, "2", { Token: "another" }))).status).toBe(401);
  expect((await post(signed({ ...confirmation, SubscribeURL: "https://evil.test/" }))).status).toBe(400);
  expect(urls).toHaveLength(2);
  expect(processed).toEqual([]);
});

test("a subscription that SNS does not confirm gets a 500, so that it comes again", async () => {
  const { fetch } = recordedFetch((url) =>
    url === certificateUrl ? new Response(provider.certificate) : new Response("", { status: 503 }),
  );
  const { handler } = harness(awsSns({ fetch }), { secrets: topic });
  const request = new Request("https://example.com/sns", { method: "POST", body: signed(confirmation) });
  expect((await handler(request)).status).toBe(500);
});

test("signWebhook signs with a key of your own, whose certificate the scheme fetches", async () => {
  const { scheme } = sns();
  const body = { ...notification, SignatureVersion: "2", SigningCertURL: certificateUrl };
  const request = await signWebhook(scheme, body, { secret: topic, privateKey: provider.privateKey });
  expect((await verifyWebhook(scheme, request, { secrets: topic })).events).toHaveLength(1);
  await expect(signWebhook(scheme, body, { secret: topic })).rejects.toMatchObject({
    name: "ConfigurationError",
    message: expect.stringMatching(/pass `privateKey`/),
  });
});
