import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { parse } from "node:querystring";
import { tarballHome } from "../installed/tarballs.ts";

/** A delivery that our package and a peer's verify, from what a server receives to the result. */
export interface Delivery {
  /** The peer's package. */
  readonly peer: string;
  /** What both do in addition to comparing signatures. */
  readonly what: string;
  /** Two functions that reject or throw where the signature does not match. */
  prepare(): Promise<{ readonly ours: () => unknown; readonly theirs: () => unknown }>;
}

// The program is started by its path, so our package is resolved from the folder in which npm installed the tarballs.
const ours = () =>
  import(createRequire(`${tarballHome}/package.json`).resolve("@connectry/core/webhooks")) as Promise<
    Record<string, never> & {
      createWebhooks(scheme: unknown): { verify(request: unknown, options: unknown): Promise<unknown> };
      verifySignature(scheme: unknown, request: unknown, options: unknown): Promise<unknown>;
    }
  >;

const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const object = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field_${index}`, `value ${index}`]));
const body = JSON.stringify({ id: "evt_1", object: "event", type: "invoice.paid", data: { object } });
const hmac = (hash: string, key: string | Buffer, text: string) => createHmac(hash, key).update(text);
const nowS = () => Math.floor(Date.now() / 1_000);

/** What is measured, in the order of the report. */
export const deliveries: readonly Delivery[] = [
  {
    peer: "stripe",
    what: "bytes to a parsed event; theirs is synchronous, ours returns a promise",
    async prepare() {
      const [{ createWebhooks, stripe: scheme }, { default: Stripe }] = await Promise.all([ours(), import("stripe")]);
      const { webhooks } = new Stripe("sk_test_bench");
      const bytes = Buffer.from(body);
      const header = `t=${nowS()},v1=${hmac("sha256", secret, `${nowS()}.${body}`).digest("hex")}`;
      const mine = createWebhooks(scheme);
      return {
        ours: () => mine.verify({ headers: { "stripe-signature": header }, body: bytes }, { secrets: secret }),
        theirs: () => webhooks.constructEvent(bytes, header, secret),
      };
    },
  },
  {
    peer: "@octokit/webhooks-methods",
    what: "text to a result; ours also finds the header",
    async prepare() {
      const [{ verifySignature, github }, { verify }] = await Promise.all([
        ours(),
        import("@octokit/webhooks-methods"),
      ]);
      const header = `sha256=${hmac("sha256", secret, body).digest("hex")}`;
      return {
        ours: () => verifySignature(github, { headers: { "x-hub-signature-256": header }, body }, { secrets: secret }),
        theirs: async () => {
          if (!(await verify(secret, body, header))) throw new Error("the signature does not match");
        },
      };
    },
  },
  {
    peer: "standardwebhooks",
    what: "text to a parsed event; theirs computes the hash in JavaScript, ours with `node:crypto`",
    async prepare() {
      const [{ createWebhooks, standardWebhooks }, { Webhook }] = await Promise.all([
        ours(),
        import("standardwebhooks"),
      ]);
      const signature = hmac("sha256", Buffer.alloc(24, 7), `msg_1.${nowS()}.${body}`).digest("base64");
      const headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": String(nowS()),
        "webhook-signature": `v1,${signature}`,
      };
      const [mine, theirs] = [createWebhooks(standardWebhooks), new Webhook(secret)];
      return {
        ours: () => mine.verify({ headers, body }, { secrets: secret }),
        theirs: () => theirs.verify(body, headers),
      };
    },
  },
  {
    peer: "twilio",
    what: "a form's text to a result; theirs is synchronous, given the signature, after node:querystring",
    async prepare() {
      const [{ verifySignature, twilio: scheme }, { default: twilio }] = await Promise.all([ours(), import("twilio")]);
      const params = Array.from({ length: 20 }, (_, index) => [`Field${index}`, `value ${index}`]);
      const form = new URLSearchParams(params).toString();
      const url = "https://example.com/webhooks/twilio";
      const sorted = params.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).map((pair) => pair.join(""));
      const signature = hmac("sha1", "token", url + sorted.join("")).digest("base64");
      const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
      return {
        ours: () => verifySignature(scheme, { headers, url, body: form }, { secrets: "token" }),
        theirs: () => {
          if (!twilio.validateRequest("token", signature, url, parse(form)))
            throw new Error("the signature does not match");
        },
      };
    },
  },
];
