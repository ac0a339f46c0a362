import { asana, dropbox, lemonsqueezy, sentry } from "../../src/webhooks/index.js";
import type { Vector } from "./vector.js";

/**
 * Deliveries that the sample application of the vendor accepts. Each was run once, on 2026-11-29, at the commit that is named. It rejected
 * the same delivery with another body, and with another last digit of the signature.
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
    source: "Dropbox: dropbox/mdwebhook 1b32d5a, app.py",
    scheme: dropbox,
    secret: "an app secret",
    request: {
      headers: { "x-dropbox-signature": "d945f62e6c8ae843ef4b6a5a5e6c507cbf3adfb77b97ab99a8a3f94972fe1f3e" },
      body: '{"list_folder":{"accounts":["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]},"delta":{"users":[12345678]}}',
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
];
