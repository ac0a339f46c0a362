// React Router (Remix): app/routes/webhooks.stripe.ts, a resource route, which has an action and no component.
import { webhooks } from "@connectry/stripe/webhooks";
import type { ActionFunctionArgs } from "react-router";

const onStripe = webhooks.handler({
  secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
  on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
});

export const action = ({ request }: ActionFunctionArgs): Promise<Response> => onStripe(request);
