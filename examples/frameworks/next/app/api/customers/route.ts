import { ApiError } from "@connectry/stripe";
import { stripe } from "../../stripe";

export async function POST(request: Request): Promise<Response> {
  const { email } = (await request.json()) as { email: string };
  const { data, error } = await stripe.safe.POST("/v1/customers", { body: { email }, signal: request.signal });
  if (ApiError.isInstance(error)) return Response.json({ message: error.message }, { status: error.status });
  if (error) throw error;
  return Response.json({ id: data.id, email: data.email }, { status: 201 });
}
