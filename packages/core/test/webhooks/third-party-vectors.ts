import type { WebhookRequest } from "../../src/webhooks/index.js";
import { calendly, intercom, klaviyo, typeform, zendesk } from "../../src/webhooks/index.js";
import type { Vector } from "./vector.js";

/**
 * Deliveries with the signatures that the tests of others expect. They implement the same page of the vendor, so they show
 * that the page is read alike, and not what the vendor sends.
 */
export const thirdPartyVectors: readonly Vector[] = [
  {
    source: "Calendly: SlopMaster2/webhook-verify 9d7dee7, src/providers/calendly.rs",
    scheme: calendly,
    secret: "calendly_signing_key_test",
    nowMs: 1_700_000_000_000,
    request: {
      headers: {
        "calendly-webhook-signature":
          "t=1700000000,v1=c28fe5f7a1527d7f93349786637c707d636115f902962c743a8b8d88b6b9c401",
      },
      body: '{"event":"invitee.created","payload":{"email":"test@example.com"}}',
    },
  },
  {
    source: "Intercom: SlopMaster2/webhook-verify b3c1287, src/providers/intercom.rs",
    scheme: intercom,
    secret: "intercom-client-secret-for-testing",
    request: {
      headers: { "x-hub-signature": "sha1=cbf9bf16f89d9cf089ee3500c5ba94595b3aedcd" },
      body: '{"type":"notification_event","app_id":"abc123","data":{"type":"notification_event_data","item":{"type":"ticket","id":"5"}}}',
    },
  },
  {
    source: "Klaviyo: SlopMaster2/webhook-verify 5450025, src/providers/klaviyo.rs",
    scheme: klaviyo,
    secret: "klaviyo-test-secret",
    request: {
      headers: {
        "klaviyo-timestamp": "Thu, 04 Jan 2024 18:05:25 GMT",
        "klaviyo-signature": "5aa0e720d80b3a04ca04baf3c65cdfe31da57504af69fee8da29c35d45f0596b",
      },
      body: '{"data":[{"external_id":"4L3cwQae2TX","topic":"event:klaviyo.sent_sms"}],"meta":{"klaviyo_webhook_id":"a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb"}}',
    },
  },
  {
    source: "Typeform: SlopMaster2/webhook-verify 933ed1f, src/providers/typeform.rs",
    scheme: typeform,
    secret: "typeform_webhook_secret_2026",
    request: {
      headers: { "typeform-signature": "sha256=SxAJUw6vn/KWUnuo8L+etZQ1+P6nGF+4t92qCVhABgo=" },
      body: '{"event_type":"form_response","form_response":{"form_id":"aBcDefGhIj","token":"8lBh6Y7h2qOHo","submitted_at":"2023-01-27T15:40:21Z"}}',
    },
  },
  {
    // The secret is the one that Zendesk publishes for tests of webhooks.
    source: "Zendesk: SlopMaster2/webhook-verify 130b3e7, src/providers/zendesk.rs",
    scheme: zendesk,
    secret: "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
    nowMs: 1_616_648_967_000,
    request: {
      headers: {
        "x-zendesk-webhook-signature-timestamp": "2021-03-25T05:09:27Z",
        "x-zendesk-webhook-signature": "AIKe20cG9E5XJyLFwhJV65AB0VqYImb600SJaS0Q5kI=",
      },
      body: '{"zen:event-type":"zen:event-type:ticket.created","webhook_id":"01F1KRFQ6BG29CNWFR60NK5FNY","account_id":"123456","ticket":{"id":61241563692,"subject":"Customer inquiry","status":"new"}}',
    },
  },
];

/**
 * The delivery of zendesk-go's test, whose time is a number. aaronellington/zendesk-go dfeda33,
 * zendesk/test_files/requests/webhook/user/group_membership_created.json.
 */
export const zendeskGoRequest: WebhookRequest = {
  headers: {
    "x-zendesk-webhook-signature-timestamp": "1234",
    "x-zendesk-webhook-signature": "10IqYzYTLHRftNsNE+im0DeOM6/JactIRuy0XCHJ9B8=",
  },
  body: `{
\t"type": "zen:event-type:user.group_membership_created",
\t"account_id": 12514403,
\t"id": "6b9bbadf-5725-4e92-bebe-7b71011bf5f1",
\t"subject": "zen:user:6596848315901",
\t"time": "2099-07-04T05:33:18Z",
\t"zendesk_event_version": "2022-06-20",
\t"detail": {
\t\t"created_at": "2099-07-04T05:27:58Z",
\t\t"default_group_id": "0",
\t\t"email": "user.name@example.com",
\t\t"external_id": "",
\t\t"id": "6596848315901",
\t\t"organization_id": "0",
\t\t"role": "end-user",
\t\t"updated_at": "2099-07-04T05:33:18Z"
\t},
\t"event": { "group": { "id": "1" } }
}
`,
};
