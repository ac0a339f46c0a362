// A host that behaves as Stripe's API: what is created can be read again, and a request that its document does not allow is rejected.
import { facts, profile } from "@connectry/stripe";
import { fakeProvider } from "@connectry/testing";

const server = await fakeProvider({
  document: process.env.DOCUMENT ?? "documents/stripe.json",
  profile,
  facts,
  credential: "sk_test_mock",
  host: process.env.HOST,
  port: Number(process.env.PORT ?? 4010),
});
console.log(`Stripe's mock listens on ${server.url}`);
process.on("SIGTERM", () => void server.close());
