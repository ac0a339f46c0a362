import { asana, calendly, dropbox, intercom, lemonsqueezy, sentry, typeform } from "../../src/webhooks/index.js";
import type { Vector } from "./vector.js";

/**
 * Deliveries that the sample of the vendor accepts: its sample application at the commit that is named, or the code on its page. Each was
 * run once, on 2026-11-29. It rejected the same delivery with another body, and with another digit of the signature.
 */
export const sampleVectors: readonly Vector[] = [
  {
    source: "Asana: Asana/devrel-examples 7f18334, python/webhooks_v5/server.py",
    scheme: asana,
    secret: "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81",
    request: {
      headers: { "x-hook-signature": "615171b55c9964fddb3df2377a333bb4627f737674095fbd005c3625709ac255" },
      body: '{"events":[{"action":"changed","resource":{"gid":"1337","resource_type":"task"},"change":{"field":"name","action":"changed"}}]}',
    },
  },
  {
    // It also rejected a delivery that was 181 seconds old. An object with a header and a body replaced the request of Rails.
    source: "Calendly: the Ruby on developer.calendly.com, Webhook Signatures",
    scheme: calendly,
    secret: "5mUlXNqXTlGJxqvF6OmV1Ak7kzVVnA1TkzPcQYB0v4Q",
    nowMs: 1_795_927_498_000,
    request: {
      headers: {
        "calendly-webhook-signature":
          "t=1795927498,v1=8e59361de3c02140a1d77112a9eaf154c4473884109a63a4f9d6be3253d24bab",
      },
      body: '{"event":"invitee.created","created_at":"2026-11-29T04:45:00.000000Z","created_by":"https://api.calendly.com/users/AAAAAAAAAAAAAAAA","payload":{"uri":"https://api.calendly.com/scheduled_events/BBBBBBBBBBBBBBBB/invitees/CCCCCCCCCCCCCCCC","name":"Zoë","status":"active"}}',
    },
  },
  {
    source: "Dropbox: dropbox/mdwebhook 1b32d5a, app.py",
    scheme: dropbox,
    secret: "an app secret",
    request: {
      headers: { "x-dropbox-signature": "d945f62e6c8ae843ef4b6a5a5e6c507cbf3adfb77b97ab99a8a3f94972fe1f3e" },
      body: '{"list_folder":{"accounts":["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]},"delta":{"users":[12345678]}}',
    },
  },
  {
    // The secret is that of the sample.
    source: "Intercom: intercom-archive/intercom-webhooks 31669eb, ruby/webhook.rb",
    scheme: intercom,
    secret: "secret",
    request: {
      headers: { "x-hub-signature": "sha1=028b3d4220cbc3f07c74bd7c76f7fac5d07bca2c" },
      body: '{"type":"notification_event","app_id":"a86dr8yl","topic":"user.created","id":"notif_78c122d0-23ba-11e4-9464-79b01267cc2e","data":{"type":"notification_event_data","item":{"type":"user","id":"530370b477ad7120001d","name":"José"}}}',
    },
  },
  {
    source: "Lemon Squeezy: lmsqueezy/nextjs-billing bc3bd11, src/app/api/webhook/route.ts",
    scheme: lemonsqueezy,
    secret: "a signing secret",
    request: {
      headers: { "x-signature": "5f3704d2f09d443e018b243d5cc5c216eeb550030a71abddd8274412aa797321" },
      body: '{"meta":{"event_name":"order_created","custom_data":{"user_id":"1"}},"data":{"type":"orders","id":"1","attributes":{"user_name":"José"}}}',
    },
  },
  {
    source:
      "Sentry: getsentry/integration-platform-example 10cf516, backend-ts/src/api/middleware/verifySentrySignature.ts",
    scheme: sentry,
    secret: "a client secret",
    request: {
      headers: { "sentry-hook-signature": "fe059d3dd810a04db9d0c4ad27e6ac6808133615121100b2a048ad7c1481fd64" },
      body: '{"action":"created","installation":{"uuid":"a8e5d37a-696c-4c54-adb5-b3f28d64c7de"},"data":{"issue":{"id":"1170820242","title":"Café"}},"actor":{"type":"application","id":"sentry","name":"Sentry"}}',
    },
  },
  {
    source: "Typeform: the Ruby on www.typeform.com, Secure your webhooks",
    scheme: typeform,
    secret: "0b3f1c6e9a7d52480fcbe1a3d5967824ab10ce9f",
    request: {
      headers: { "typeform-signature": "sha256=FTDTWdI6vPmTwlfz72DCjYtgyqe8dsxdNncihCn7ueM=" },
      body: '{"event_id":"LtWXD3crgy","event_type":"form_response","form_response":{"form_id":"lT4Z3j","token":"a3a12ec67a1365927098a606107fac15","submitted_at":"2018-01-18T18:17:02Z","hidden":{"name":"Café Laura"}}}',
    },
  },
];
