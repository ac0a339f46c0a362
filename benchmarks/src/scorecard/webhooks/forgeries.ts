import type { Delivery, WebhookScheme } from "./schemes.ts";

/** A delivery that is authentic or not, as data: how it is signed, and what is changed afterwards. */
export interface Forgery {
  readonly id: string;
  readonly title: string;
  readonly expected: "accepted" | "rejected";
  readonly why: string;
  /** Signed by somebody who has another secret. */
  readonly bySomebodyElse?: boolean;
  /** How old the signed time is; negative in the future. Only for schemes that sign one. */
  readonly ageS?: number;
  /** How large the body is. @default about 1 KB */
  readonly bodyBytes?: number;
  readonly change?: (delivery: Delivery, scheme: WebhookScheme) => Delivery | undefined;
  /** How many such deliveries arrive; what one costs is compared with one HMAC over its body. */
  readonly count?: number;
}

const setHeader =
  (name: string, change: (value: string) => string) =>
  (delivery: Delivery): Delivery => ({
    ...delivery,
    headers: { ...delivery.headers, [name]: change(delivery.headers[name] ?? "") },
  });
const onSignature =
  (change: (value: string) => string) =>
  (delivery: Delivery, { signature }: WebhookScheme) =>
    setHeader(signature.header, change)(delivery);
const flipLast = (text: string) =>
  text.replace(/([0-9a-zA-Z])(=*)$/, (_, last: string, rest: string) => `${last === "0" ? "1" : "0"}${rest}`);

/** Webhooks that are authentic, forged, replayed, or sent in masses. */
export const forgeries: readonly Forgery[] = [
  {
    id: "authentic",
    title: "is signed with the secret",
    expected: "accepted",
    why: "So that the others are rejected for their own reason.",
  },
  {
    id: "changed-body",
    title: "has another amount than was signed",
    expected: "rejected",
    why: "The signature covers the body.",
    change: (delivery) => ({ ...delivery, body: delivery.body.replace("100", "900") }),
  },
  {
    id: "other-secret",
    title: "is signed with another secret",
    expected: "rejected",
    why: "Anybody can sign.",
    bySomebodyElse: true,
  },
  {
    id: "flipped-bit",
    title: "has another last character in its signature",
    expected: "rejected",
    why: "The signature is another one.",
    change: onSignature(flipLast),
  },
  {
    id: "cut-signature",
    title: "has half a signature",
    expected: "rejected",
    why: "A comparison must not stop at the shorter one.",
    change: onSignature((value) => value.slice(0, Math.ceil(value.length / 2))),
  },
  {
    id: "empty-signature",
    title: "has an empty signature",
    expected: "rejected",
    why: "Nothing was signed.",
    change: onSignature(() => ""),
  },
  {
    id: "no-signature",
    title: "has no signature",
    expected: "rejected",
    why: "Nothing was signed.",
    change: (delivery, { signature }) => ({
      ...delivery,
      headers: Object.fromEntries(Object.entries(delivery.headers).filter(([name]) => name !== signature.header)),
    }),
  },
  {
    id: "late",
    title: "was signed an hour ago",
    expected: "rejected",
    why: "A replay: https://docs.stripe.com/webhooks#replay-attacks",
    ageS: 3_600,
  },
  {
    id: "future",
    title: "is signed for an hour from now",
    expected: "rejected",
    why: "It could be replayed for an hour: Standard Webhooks, section on timestamps.",
    ageS: -3_600,
  },
  {
    id: "nearly-late",
    title: "was signed four minutes ago",
    expected: "accepted",
    why: "Five minutes are usual: https://docs.stripe.com/webhooks#replay-attacks",
    ageS: 240,
  },
  {
    id: "two-signatures",
    title: "has a wrong and a right signature, while a secret is replaced",
    expected: "accepted",
    why: "Each secret signs: https://docs.stripe.com/webhooks#roll-endpoint-secrets",
    change: (delivery, { id, signature }) => {
      if (signature.separator === undefined) return undefined;
      const wrong = id === "stripe" ? "v1=00" : "v1,AAAA";
      return setHeader(signature.header, (value) =>
        id === "stripe" ? value.replace(",", `,${wrong},`) : `${wrong}${signature.separator}${value}`,
      )(delivery);
    },
  },
  {
    id: "unknown-version",
    title: "has its signature under a version that does not exist",
    expected: "rejected",
    why: "A downgrade.",
    change: (delivery, { signature }) =>
      signature.separator === undefined
        ? undefined
        : setHeader(signature.header, (value) => value.replace("v1", "v0"))(delivery),
  },
  {
    id: "time-not-a-number",
    title: "has a time that is not a number",
    expected: "rejected",
    why: "A comparison with NaN is false.",
    change: (delivery, { id, signsTime }) => {
      if (!signsTime) return undefined;
      return id === "stripe"
        ? setHeader("stripe-signature", (value) => value.replace(/t=\d+/, "t=soon"))(delivery)
        : setHeader(id === "svix" ? "svix-timestamp" : "webhook-timestamp", () => "soon")(delivery);
    },
  },
  {
    id: "many-signatures",
    title: "has 100,000 signatures in its header, and 200 such deliveries arrive",
    expected: "rejected",
    why: "What has not been verified must not buy CPU: CWE-400.",
    count: 200,
    change: (delivery, { id, signature }) => {
      if (signature.separator === undefined) return undefined;
      const one = id === "stripe" ? "v1=00" : "v1,AAAA";
      const many = Array.from({ length: 100_000 }, () => one).join(signature.separator);
      return setHeader(signature.header, (value) => (id === "stripe" ? `${value.split(",")[0]},${many}` : many))(
        delivery,
      );
    },
  },
  {
    id: "flood",
    title: "is signed with another secret, and 2,000 of 100 KB arrive",
    expected: "rejected",
    why: "One hash over the body is what it may cost: CWE-400.",
    bySomebodyElse: true,
    bodyBytes: 100_000,
    count: 2_000,
  },
  {
    id: "late-flood",
    title: "is an hour old, and 2,000 of 100 KB arrive",
    expected: "rejected",
    why: "Its time can be seen without a hash.",
    ageS: 3_600,
    bodyBytes: 100_000,
    count: 2_000,
  },
];

/** An event of about so many bytes. */
function eventOf(bytes: number): string {
  return JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "invoice.paid",
    action: "opened",
    amount: 100,
    padding: "x".repeat(Math.max(0, bytes - 120)),
  });
}

/** The delivery of a forgery by a scheme; undefined where the scheme has nothing that could be forged so. */
export function deliveryOf(forgery: Forgery, scheme: WebhookScheme): Delivery | undefined {
  const { bySomebodyElse, ageS = 0, bodyBytes = 1_000, change } = forgery;
  if (ageS !== 0 && !scheme.signsTime) return undefined;
  const body = eventOf(bodyBytes);
  const secret = bySomebodyElse ? scheme.otherSecret : scheme.secret;
  const delivery = { body, headers: scheme.sign({ body, secret, atS: Math.floor(Date.now() / 1_000) - ageS }) };
  return change ? change(delivery, scheme) : delivery;
}
