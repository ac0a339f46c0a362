import { ApiError, createStripe, facts, profile } from "@connectry/stripe";
import { fakeProvider } from "@connectry/testing";
import { metrics } from "./metrics.ts";
import { type Row, readDocuments, startTour } from "./tour.ts";

/** Writes with nested form parameters, two failures that are retried, a list of several pages, and a declined card. */
export async function tourStripe(): Promise<readonly Row[]> {
  await using server = await fakeProvider({ document: await readDocuments("stripe"), profile, facts });
  const stripe = createStripe({ auth: "sk_test_quickstart", baseUrl: server.url, observe: metrics });
  const tour = startTour("Stripe");

  let customerId = "";
  await tour.step("create a customer", async () => {
    const body = { email: "ada@example.com", metadata: { plan: "pro" } };
    const { data: customer, response } = await stripe.POST("/v1/customers", { body });
    customerId = customer.id;
    return { attempts: response.attempts.length, outcome: `created ${customer.id}` };
  });

  // The provider is unavailable for a moment: the call is sent again, with the same idempotency key.
  server.faults.push({ kind: "response", status: 503 });
  await tour.step("create a payment intent (503)", async () => {
    const { data: intent, response } = await stripe.POST("/v1/payment_intents", {
      body: {
        amount: 1_000,
        currency: "usd",
        customer: customerId,
        automatic_payment_methods: { enabled: true },
        metadata: { order: "6735" },
      },
    });
    return { attempts: response.attempts.length, outcome: `created ${intent.id}` };
  });

  // The provider asks for a pause of one second, and the call waits.
  server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "1" } });
  await tour.step("read the balance (429)", async () => {
    const { data: balance, response } = await stripe.GET("/v1/balance");
    return { attempts: response.attempts.length, outcome: `waited, then read: livemode ${balance.livemode}` };
  });

  await tour.step("list all customers", async () => {
    let customers = 0;
    let pages = 0;
    const list = stripe.paginate("/v1/customers", { params: { query: { limit: 10 } } });
    for await (const page of list.pages()) {
      pages += 1;
      customers += page.items.length;
    }
    return { attempts: pages, outcome: `${customers} on ${pages} pages` };
  });

  // A declined card is not retried: it is a typed error.
  const declined = { type: "card_error", code: "card_declined", message: "Your card was declined." };
  server.faults.push({ kind: "response", status: 402, body: { error: declined } });
  await tour.step("charge a declined card", async () => {
    const { error } = await stripe.safe.POST("/v1/charges", { body: { amount: 1_000, currency: "usd" } });
    if (!ApiError.isInstance(error)) throw new Error("The declined card was not reported.");
    return { attempts: error.attempts.length, outcome: `${error.name} ${error.status} ${error.code}` };
  });
  return tour.rows;
}
