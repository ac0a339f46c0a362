import { createStripe } from "@connectry/stripe";

// One client for all routes: retries, limits and caches are its own.
export const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });
