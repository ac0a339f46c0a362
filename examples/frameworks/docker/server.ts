// An app on Node's own server. In production it calls Stripe, and in the compose file its mock.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { ApiError, createStripe } from "@connectry/stripe";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });

createServer(async (request, response) => {
  const respond = (status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  try {
    const [, id] = /^\/customers\/([^/]+)$/.exec(request.url ?? "") ?? [];
    if (id !== undefined) {
      const { data } = await stripe.GET("/v1/customers/{customer}", { params: { path: { customer: id } } });
      respond(200, data);
    } else {
      const { email } = (await json(request)) as { email: string };
      const { data } = await stripe.POST("/v1/customers", { body: { email } });
      respond(201, { id: data.id, email: data.email });
    }
  } catch (error) {
    if (ApiError.isInstance(error)) respond(error.status, { message: error.message });
    else respond(500, { message: "something went wrong" });
  }
}).listen(Number(process.env.PORT ?? 3000));
