// SvelteKit: a server route. For a provider that sends forms (Twilio, Slack) set `csrf: { trustedOrigins: ["*"] }` in the settings,
// because SvelteKit responds with 403 to a form without the header `origin`.
import { webhooks } from "@connectry/stripe/webhooks";
import type { RequestHandler } from "@sveltejs/kit";

const onStripe = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});

export const POST: RequestHandler = ({ request }) => onStripe(request);
