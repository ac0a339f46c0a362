import { createStripe } from "@connectry/stripe";

export const STRIPE = Symbol("Stripe");

/** One client for the application; tests replace it by one whose `baseUrl` is a fake provider's. */
export const stripeProvider = {
  provide: STRIPE,
  useFactory: () => createStripe({ baseUrl: process.env.STRIPE_BASE_URL }),
};
