import type { WebhookRequest } from "../../src/webhooks/index.js";
import * as schemes from "../../src/webhooks/index.js";
import { receivedVectors } from "./received-vectors.js";
import { rfc9421Vectors } from "./rfc9421-vectors.js";
import { sampleVectors } from "./sample-vectors.js";
import { thirdPartyVectors } from "./third-party-vectors.js";
import type { Vector } from "./vector.js";

const standardBody = '{"test": 2432232314}';
const standardHeaders = { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330" };
const standardMs = 1_614_265_330_000;
const hubspotSecret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const twilioForm = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
const form = "application/x-www-form-urlencoded";

/** The sample message of the tests of Box's SDKs, signed with `SamplePrimaryKey` and `SampleSecondaryKey`. */
export const boxRequest: WebhookRequest = {
  headers: {
    "box-delivery-id": "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f",
    "box-delivery-timestamp": "2020-01-01T00:00:00-07:00",
    "box-signature-primary": "6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI=",
    "box-signature-secondary": "v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo=",
  },
  body: '{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}',
};

/** Vectors that providers, libraries and standards publish, and those of the tests of others. */
export const vectors: readonly Vector[] = [
  {
    source: "Standard Webhooks v1: libraries/*/webhook tests",
    scheme: schemes.standardWebhooks,
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    nowMs: standardMs,
    request: {
      headers: { ...standardHeaders, "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" },
      body: standardBody,
    },
  },
  {
    source: "Standard Webhooks v1a: libraries/go/webhook_asymmetric_test.go",
    scheme: schemes.standardWebhooksV1a,
    // The public key that belongs to the seed in that test.
    secret: "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=",
    nowMs: standardMs,
    request: {
      headers: {
        ...standardHeaders,
        "webhook-signature":
          "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==",
      },
      body: standardBody,
    },
  },
  {
    source: "GitHub: docs.github.com, Validating webhook deliveries",
    scheme: schemes.github,
    secret: "It's a Secret to Everybody",
    request: {
      headers: { "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17" },
      body: "Hello, World!",
    },
  },
  {
    source: "Slack: docs.slack.dev, Verifying requests from Slack",
    scheme: schemes.slack,
    secret: "8f742231b10e8888abcd99yyyzzz85a5",
    nowMs: 1_531_420_618_000,
    request: {
      headers: {
        "content-type": form,
        "x-slack-request-timestamp": "1531420618",
        "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
      },
      body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    },
  },
  {
    source: "Twilio: twilio.com/docs/usage/security",
    scheme: schemes.twilio,
    secret: "12345",
    request: {
      url: "https://mycompany.com/myapp.php?foo=1&bar=2",
      headers: { "content-type": form, "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
      body: twilioForm,
    },
  },
  {
    source:
      "Twilio with a shared key: getExpectedTwilioSignature of twilio 6.3.1, lib/webhooks/webhooks.js, with HMAC_SHA256",
    scheme: schemes.twilioSharedKey,
    secret: "12345",
    request: {
      url: "https://mycompany.com/myapp.php?foo=1&bar=2",
      headers: {
        "content-type": form,
        "x-twilio-webhooks-signature-settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
        "x-twilio-signature": "033hgUJA9M/hXIZsYjwkerEP/DBm35nEri5FhCYjA5s=",
      },
      body: twilioForm,
    },
  },
  {
    source: "HubSpot v1: developers.hubspot.com/docs/faq/v1-request-validation",
    scheme: schemes.hubspotV1,
    secret: hubspotSecret,
    request: {
      headers: { "x-hubspot-signature": "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de" },
      body: '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]',
    },
  },
  {
    source: "HubSpot v2, a GET: developers.hubspot.com/docs/faq/v2-request-validation",
    scheme: schemes.hubspotV2,
    secret: hubspotSecret,
    request: {
      method: "GET",
      url: "https://www.example.com/webhook_uri",
      headers: { "x-hubspot-signature": "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e" },
      body: "",
    },
  },
  {
    source: "HubSpot v2, a POST: hubspot-api-nodejs test/unit/signature.spec.ts",
    scheme: schemes.hubspotV2,
    secret: hubspotSecret,
    request: {
      url: "https://www.example.com/webhook_uri",
      headers: { "x-hubspot-signature": "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900" },
      body: '{"example_field":"example_value"}',
    },
  },
  {
    source: "SendGrid: sendgrid-nodejs packages/eventwebhook tests",
    scheme: schemes.sendgrid,
    secret:
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
    nowMs: 1_600_112_502_000,
    request: {
      headers: {
        "x-twilio-email-event-webhook-signature":
          "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
        "x-twilio-email-event-webhook-timestamp": "1600112502",
      },
      body: '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
    },
  },
  {
    source: "Svix: docs.svix.com, Verifying webhooks manually",
    scheme: schemes.svix,
    secret: "whsec_plJ3nmyCDGBKInavdOK15jsl",
    nowMs: 1_731_705_121_000,
    request: {
      headers: {
        "svix-id": "msg_loFOjxBNrRLzqYUf",
        "svix-timestamp": "1731705121",
        "svix-signature": "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
      },
      body: '{"event_type":"ping","data":{"success":true}}',
    },
  },
  {
    source: "Square: developer.squareup.com, Validate and verify notifications",
    scheme: schemes.square,
    secret: "asdf1234",
    request: {
      url: "https://example.com/webhook",
      headers: { "x-square-hmacsha256-signature": "2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=" },
      body: '{"hello":"world"}',
    },
  },
  {
    source: "Box: box-node-sdk 2, tests/lib/managers/webhooks-test.js",
    scheme: schemes.box,
    secret: "SamplePrimaryKey",
    nowMs: Date.parse("2020-01-01T00:00:00-07:00"),
    request: boxRequest,
  },
  {
    source: "Bitbucket: support.atlassian.com, Manage webhooks",
    scheme: schemes.bitbucket,
    secret: "It's a Secret to Everybody",
    request: {
      headers: { "x-hub-signature": "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9" },
      body: "Hello World!",
    },
  },
  {
    source: "PagerDuty: go-pagerduty webhookv3/webhookv3_test.go",
    scheme: schemes.pagerduty,
    secret: "lDQHScfUeXUKaQRNF+8XIiDKZ7XX3itBAYzwU0TARw8lJqRnkKl2iB1anSb0Z+IK",
    request: {
      headers: { "x-pagerduty-signature": "v1=0c0b9495b893a39e70d1fea2fe11fbe0a825f88b9f67846f6cc07dd2bc5476cd" },
      body: '{"event":{"id":"01BWDWL3NYY7LUFPZCC28QUCMK","event_type":"incident.priority_updated","resource_type":"incident","occurred_at":"2021-04-26T17:36:27.458Z","agent":{"html_url":"https://acme.pagerduty.com/users/PLH1HKV","id":"PLH1HKV","self":"https://api.pagerduty.com/users/PLH1HKV","summary":"Tenex Engineer","type":"user_reference"},"client":null,"data":{"id":"PGR0VU2","type":"incident","self":"https://api.pagerduty.com/incidents/PGR0VU2","html_url":"https://acme.pagerduty.com/incidents/PGR0VU2","number":2,"status":"triggered","title":"A little bump in the road","service":{"html_url":"https://acme.pagerduty.com/services/PF9KMXH","id":"PF9KMXH","self":"https://api.pagerduty.com/services/PF9KMXH","summary":"API Service","type":"service_reference"},"assignees":[{"html_url":"https://acme.pagerduty.com/users/PTUXL6G","id":"PTUXL6G","self":"https://api.pagerduty.com/users/PTUXL6G","summary":"User 123","type":"user_reference"}],"escalation_policy":{"html_url":"https://acme.pagerduty.com/escalation_policies/PUS0KTE","id":"PUS0KTE","self":"https://api.pagerduty.com/escalation_policies/PUS0KTE","summary":"Default","type":"escalation_policy_reference"},"teams":[{"html_url":"https://acme.pagerduty.com/teams/PFCVPS0","id":"PFCVPS0","self":"https://api.pagerduty.com/teams/PFCVPS0","summary":"Engineering","type":"team_reference"}],"priority":{"html_url":"https://acme.pagerduty.com/account/incident_priorities","id":"PSO75BM","self":"https://api.pagerduty.com/priorities/PSO75BM","summary":"P1","type":"priority_reference"},"urgency":"high","conference_bridge":{"conference_number":1000,"conference_url":"https://example.com"},"resolve_reason":null}}}',
    },
  },
  ...receivedVectors,
  ...sampleVectors,
  ...thirdPartyVectors,
  ...rfc9421Vectors,
];
