import { pathToFileURL } from "node:url";
import { tarballHome } from "../../installed/tarballs.ts";
import type { Delivery, WebhookScheme } from "./schemes.ts";

/** Verifies a delivery; rejects or throws where it is not authentic. */
export type Verify = (delivery: Delivery) => unknown;

/** What receives webhooks of a scheme. */
export interface Receiver {
  readonly id: string;
  readonly name: string;
  readonly scheme: WebhookScheme["id"];
  readonly isOurs: boolean;
  readonly page: string;
  prepare(secret: string): Promise<Verify>;
}

interface OurWebhooks {
  createWebhooks(scheme: unknown): { verify(delivery: Delivery, options: { secrets: string }): Promise<unknown> };
}

const ours = (scheme: WebhookScheme["id"], name: string): Receiver => ({
  id: `webhooks-${scheme}`,
  name: `@connectry/core/webhooks, ${name}`,
  scheme,
  isOurs: true,
  page: "../packages/core/README.md#schemes",
  async prepare(secret) {
    const { load } = (await import(pathToFileURL(`${tarballHome}/load.mjs`).href)) as {
      load: (name: string) => Promise<OurWebhooks & Record<string, unknown>>;
    };
    const module = await load("@connectry/core/webhooks");
    const mine = module.createWebhooks(module[name]);
    return (delivery) => mine.verify(delivery, { secrets: secret });
  },
});

/** Ours and the packages of the vendors, each with its documented call. */
export const receivers: readonly Receiver[] = [
  ours("stripe", "stripe"),
  ours("standard", "standardWebhooks"),
  ours("svix", "svix"),
  ours("github", "github"),
  {
    id: "stripe-webhooks",
    name: "stripe",
    scheme: "stripe",
    isOurs: false,
    page: "https://github.com/stripe/stripe-node#webhook-signing",
    async prepare(secret) {
      const { default: Stripe } = await import("stripe");
      const { webhooks } = new Stripe("sk_test_1");
      return ({ headers, body }) => webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret);
    },
  },
  {
    id: "standardwebhooks",
    name: "standardwebhooks",
    scheme: "standard",
    isOurs: false,
    page: "https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries/javascript",
    async prepare(secret) {
      const { Webhook } = await import("standardwebhooks");
      const webhook = new Webhook(secret);
      return ({ headers, body }) => webhook.verify(body, headers);
    },
  },
  {
    id: "svix",
    name: "svix",
    scheme: "svix",
    isOurs: false,
    page: "https://docs.svix.com/receiving/verifying-payloads/how",
    async prepare(secret) {
      const { Webhook } = await import("svix");
      const webhook = new Webhook(secret);
      return ({ headers, body }) => webhook.verify(body, headers);
    },
  },
  {
    id: "octokit-webhooks",
    name: "@octokit/webhooks",
    scheme: "github",
    isOurs: false,
    page: "https://github.com/octokit/webhooks.js#webhooksverifyandreceive",
    async prepare(secret) {
      const { Webhooks } = await import("@octokit/webhooks");
      const webhooks = new Webhooks({ secret, log: { debug() {}, info() {}, warn() {}, error() {} } });
      return ({ headers, body }) =>
        webhooks.verifyAndReceive({
          id: headers["x-github-delivery"] ?? "",
          name: headers["x-github-event"] ?? "",
          signature: headers["x-hub-signature-256"] ?? "",
          payload: body,
        });
    },
  },
];
