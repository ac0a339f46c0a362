import { createStripe } from "@connectry/stripe";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The page as HTML. It is rendered on the server, for each request. */
export async function render(signal: AbortSignal): Promise<string> {
  const { data } = await stripe.GET("/v1/customers", { params: { query: { limit: 3 } }, signal });
  return `<ul>${data.data.map(({ id, email }) => `<li>${escapeHtml(email ?? id)}</li>`).join("")}</ul>`;
}
