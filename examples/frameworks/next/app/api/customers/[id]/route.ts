import { NotFoundError } from "@connectry/stripe";
import { stripe } from "../../../stripe";

type Context = { readonly params: Promise<{ readonly id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const path = { customer: (await params).id };
  const { data, error } = await stripe.safe.GET("/v1/customers/{customer}", {
    params: { path },
    signal: request.signal,
  });
  if (NotFoundError.isInstance(error)) return Response.json({ message: error.message }, { status: 404 });
  if (error) throw error;
  return Response.json(data);
}
