// Vendors that send by Svix, or as Standard Webhooks say.
import { verifyWebhook } from "@clerk/backend/webhooks";
import * as schemes from "@connectry/core/webhooks";
import { Resend } from "resend";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { nowS, type Sent, signedIn, succeeds, url, type Vendor } from "./vendor.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const otherSecret = "whsec_plJ3nmyCDGBKInavdOK15jslAAAAAAAA";
const body = (text: string) => ({ type: "user.made", object_kind: "push", data: { text } });

/** A delivery that a package signs. */
function signed(prefix: "svix" | "webhook", signature: string, text: string): Sent {
  const headers = {
    [`${prefix}-id`]: "msg_1",
    [`${prefix}-timestamp`]: String(nowS()),
    [`${prefix}-signature`]: signature,
  };
  return { url, headers, body: JSON.stringify(body(text)) };
}

const bySvix: Vendor["sign"] = (text, key) =>
  signed("svix", new SvixWebhook(key).sign("msg_1", new Date(), JSON.stringify(body(text))), text);
const byStandard: Vendor["sign"] = (text, key) =>
  signed("webhook", new StandardWebhook(key).sign("msg_1", new Date(), JSON.stringify(body(text))), text);
const verifyStandard: Vendor["verify"] = (one, key) =>
  succeeds(() => new StandardWebhook(key).verify(one.body, { ...one.headers }));

const common = { secret, otherSecret, body };

export const standardWebhooks: readonly Vendor[] = [
  {
    ...common,
    name: "svix",
    changes: signedIn("svix-signature"),
    scheme: schemes.svix,
    sign: bySvix,
    verify: (one, key) => succeeds(() => new SvixWebhook(key).verify(one.body, { ...one.headers })),
  },
  {
    ...common,
    name: "@clerk/backend",
    changes: signedIn("svix-signature"),
    scheme: schemes.clerk,
    sign: bySvix,
    verify: (one, signingSecret) =>
      succeeds(() =>
        verifyWebhook(new Request(url, { method: "POST", headers: { ...one.headers }, body: one.body }), {
          signingSecret,
        }),
      ),
  },
  {
    ...common,
    name: "resend",
    changes: signedIn("svix-signature"),
    scheme: schemes.resend,
    sign: bySvix,
    verify: (one, webhookSecret) =>
      succeeds(() =>
        new Resend("re_1").webhooks.verify({
          payload: one.body,
          headers: {
            id: one.headers["svix-id"] ?? "",
            timestamp: one.headers["svix-timestamp"] ?? "",
            signature: one.headers["svix-signature"] ?? "",
          },
          webhookSecret,
        }),
      ),
  },
  {
    ...common,
    name: "standardwebhooks",
    changes: signedIn("webhook-signature"),
    scheme: schemes.standardWebhooks,
    sign: byStandard,
    verify: verifyStandard,
  },
  {
    ...common,
    name: "standardwebhooks, as GitLab signs",
    changes: signedIn("webhook-signature"),
    scheme: schemes.gitlabSigned,
    sign: byStandard,
    verify: verifyStandard,
  },
];
