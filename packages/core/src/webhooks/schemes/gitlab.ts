import { verifyPasscode } from "../crypto/verify-passcode.js";
import type { EventFacts, WebhookScheme } from "../scheme/webhook-scheme.js";

const event: EventFacts = {
  type: [[{ in: "body", path: ["object_kind"] }], [{ in: "header", name: "x-gitlab-event" }]],
  // The first is signed, and equals the second, which is the same for each retry of a delivery (since GitLab 17.4).
  id: [[{ in: "header", name: "webhook-id" }], [{ in: "header", name: "idempotency-key" }]],
};

/**
 * GitLab with a secret token. Deliveries are not signed, but contain the token: anyone who sees one can forge others. Prefer
 * `gitlabSigned`.
 * https://docs.gitlab.com/user/project/integrations/webhooks/
 */
export const gitlab: WebhookScheme = {
  id: "gitlab",
  name: "GitLab",
  secret: "the secret token that was given to the webhook",
  algorithm: { kind: "passcode", verify: verifyPasscode },
  signature: { in: "header", header: "x-gitlab-token", encoding: "hex" },
  signed: [],
  event,
};

/**
 * GitLab with a signing token, which follows Standard Webhooks; the tolerance is that of its libraries.
 * https://gitlab.com/gitlab-org/gitlab/-/merge_requests/230944 (what is signed, and the headers) and
 * https://gitlab.com/gitlab-org/gitlab/-/merge_requests/231325 (the format of the token).
 */
export const gitlabSigned: WebhookScheme = {
  id: "gitlab",
  name: "GitLab (signing token)",
  secret: "the signing token of the webhook, whsec_...",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "base64", prefix: "whsec_" } },
  signature: { in: "header", header: "webhook-signature", separator: " ", prefix: "v1,", encoding: "base64" },
  signed: [{ value: { header: "webhook-id" } }, { text: "." }, "timestamp", { text: "." }, "body"],
  timestamp: { header: "webhook-timestamp", unit: "seconds", toleranceMs: 300_000 },
  event,
};
