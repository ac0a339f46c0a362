// openapi-fetch's own clients, whose requests go through connectors: one of one document, one of several, and what a program
// that used openapi-fetch before has to change: the line that creates the client.
import { openapiClient } from "@connectry/core/openapi-fetch";
import { createStripe } from "@connectry/stripe";
import type { paths as StripePaths } from "@connectry/stripe/schema";
import { createTwilio } from "@connectry/twilio";
import type { components, paths as TwilioPaths } from "@connectry/twilio/schema";

// Before: createClient<StripePaths>({ baseUrl: "https://api.stripe.com", headers: { authorization: `Bearer ${key}` } })
const stripe = openapiClient<StripePaths>(createStripe({ auth: "sk_test_123" }), { deadlineMs: 20_000 });

stripe.use({
  onResponse({ schemaPath, response }) {
    console.log(schemaPath, response.status);
  },
});

const { data, error } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
if (error) console.error(error.error.message);
else console.log(data.id);

const twilio = openapiClient<TwilioPaths>(createTwilio({ auth: { accountSid: "AC1", authToken: "token" } }));
const params = { path: { Sid: "VA1" } };
const service = await twilio.GET("/v2/Services/{Sid}", { params });
const name: components["schemas"]["verify.v2.service"]["friendly_name"] = service.data?.friendly_name;
console.log(name);
