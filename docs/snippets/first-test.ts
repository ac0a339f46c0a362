import { createStripe, facts, profile } from "@connectry/stripe";
import { fakeProvider } from "@connectry/testing";

/** `document` is the file that `npx -p @connectry/codegen connectry pull @connectry/stripe --out openapi` wrote. */
export async function createCustomer(document: string): Promise<string | null | undefined> {
  await using server = await fakeProvider({ document, profile, facts });
  const stripe = createStripe({ auth: "sk_test_any", baseUrl: server.url });
  const { data } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
  return data.email;
}
