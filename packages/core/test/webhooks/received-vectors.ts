import type { WebhookRequest } from "../../src/webhooks/index.js";
import { mailgun, xero } from "../../src/webhooks/index.js";
import type { Vector } from "./vector.js";

/**
 * A delivery of Xero's "intent to receive" that its developer published with the key: Xero changed the first letter of the
 * signature, and expects a 401. https://github.com/XeroAPI/XeroWebhooksReceiver/issues/1, read on 2026-11-29.
 */
export const wronglySignedByXero: WebhookRequest = {
  headers: {
    "content-type": "application/json; charset=utf-8",
    "x-xero-signature": "/jzNbYUfrzg4g8wxm+dKHaZVrKxr2m75E296fUbD1E4=",
  },
  body: '{"events":[],"firstEventSequence": 0,"lastEventSequence": 0, "entropy": "LUWDSUDGSWNZVALZXBEV"}',
};

/** Deliveries of vendors with the secrets that signed them, which receivers and vendors' packages have published. */
export const receivedVectors: readonly Vector[] = [
  {
    source: "Xero: issue 1 of XeroAPI/XeroWebhooksReceiver, with the signature that Xero's receiver expects",
    scheme: xero,
    secret: "LR+QgKlbRciIPYpi65tTKLaZ3FzLLofCNEQWrRXqWXJeDFrfexzfVI9SmnVuCWDJ4jnjHB9ECtOyxZSofRxwWw==",
    request: {
      ...wronglySignedByXero,
      headers: { "x-xero-signature": "BjzNbYUfrzg4g8wxm+dKHaZVrKxr2m75E296fUbD1E4=" },
    },
  },
  {
    // The test has these three values. The event around them is not signed.
    source: "Mailgun: mailgun/mailgun-php 5024827, tests/Api/WebhookTest.php",
    scheme: mailgun,
    secret: "key-3ax6xnjp29jd6fds4gc373sgvjxteol0",
    nowMs: 1_403_645_220_000,
    request: {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        signature: {
          timestamp: "1403645220",
          token: "5egbgr1vjgqxtrnp65xfznchgdccwh5d6i09vijqi3whgowmn6",
          signature: "9cfc5c41582e51246e73c88d34db3af0a3a2692a76fbab81492842f000256d33",
        },
        "event-data": { event: "opened", id: "1" },
      }),
    },
  },
];
