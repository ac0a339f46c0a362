// A first program: three kinds of call to Stripe, two failures that heal, and one that is caught.
// It talks to a fake Stripe on this machine, made from Stripe's own document, so it needs no key.
import { readFile } from "node:fs/promises";
import { ApiError, createStripe, facts, profile } from "@connectry/stripe";
import { fakeProvider } from "@connectry/testing";

const document = JSON.parse(await readFile(new URL("documents/stripe.json", import.meta.url), "utf8"));
await using server = await fakeProvider({ document, profile, facts });
const stripe = createStripe({ auth: "sk_test_quickstart", baseUrl: server.url });

interface Row {
  readonly call: string;
  readonly attempts: number;
  readonly outcome: string;
  readonly ms: number;
}
const rows: Row[] = [];

/** Makes a call and notes what came of it. */
async function noted<T extends { readonly response: { readonly attempts: readonly unknown[] } }>(
  call: string,
  outcome: (result: T) => string,
  run: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const result = await run();
  const ms = Math.round(performance.now() - startedAt);
  rows.push({ call, attempts: result.response.attempts.length, outcome: outcome(result), ms });
  return result;
}

const { data: customer } = await noted(
  "create a customer",
  ({ data }) => `created ${data.id}`,
  () => stripe.POST("/v1/customers", { body: { email: "ada@example.com", metadata: { plan: "pro" } } }),
);

// The provider is down for a moment: the same call goes out again, with the same idempotency key.
server.faults.push({ kind: "answer", status: 503, times: 1 });
await noted(
  "create a payment intent (503)",
  ({ data }) => `${data.id}, ${data.currency}`,
  () =>
    stripe.POST("/v1/payment_intents", {
      body: {
        amount: 1_000,
        currency: "usd",
        customer: customer.id,
        automatic_payment_methods: { enabled: true },
        metadata: { order: "6735" },
      },
    }),
);

// The provider asks for a pause of one second, and gets it.
server.faults.push({ kind: "answer", status: 429, headers: { "retry-after": "1" }, times: 1 });
await noted(
  "read the balance (429)",
  ({ data }) => `livemode ${data.livemode}`,
  () => stripe.GET("/v1/balance"),
);

const startedAt = performance.now();
let customers = 0;
let pages = 0;
for await (const page of stripe.paginate("/v1/customers", { params: { query: { limit: 10 } } }).pages()) {
  pages += 1;
  customers += page.data.length;
}
const ms = Math.round(performance.now() - startedAt);
rows.push({ call: "walk all customers", attempts: pages, outcome: `${customers} in ${pages} pages`, ms });

// A declined card is no reason to try again: it is a typed error.
server.faults.push({
  kind: "answer",
  status: 402,
  body: { error: { type: "card_error", code: "card_declined", message: "Your card was declined." } },
  times: 1,
});
const declinedAt = performance.now();
const { error } = await stripe.safe.POST("/v1/charges", {
  body: { amount: 1_000, currency: "usd", source: "tok_visa" },
});
if (!ApiError.isInstance(error)) throw new Error("the declined card was not reported");
rows.push({
  call: "charge a declined card",
  attempts: error.attempts.length,
  outcome: `${error.name} ${error.status} ${error.code}`,
  ms: Math.round(performance.now() - declinedAt),
});

console.table(rows);
