// AWS Lambda behind an HTTP API. The client is created once for each execution environment, outside of the handler.
import { ApiError, createStripe } from "@connectry/stripe";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });

const json = (statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  // A call ends before Lambda ends the invocation, so that its error is still returned.
  const deadlineMs = context.getRemainingTimeInMillis() - 500;
  try {
    if (event.routeKey === "POST /customers") {
      const { email } = JSON.parse(event.body ?? "{}");
      const { data } = await stripe.POST("/v1/customers", { body: { email }, deadlineMs });
      return json(201, { id: data.id, email: data.email });
    }
    const params = { path: { customer: event.pathParameters?.id ?? "" } };
    const { data } = await stripe.GET("/v1/customers/{customer}", { params, deadlineMs });
    return json(200, data);
  } catch (error) {
    if (!ApiError.isInstance(error)) throw error;
    return json(error.status, { message: error.message });
  }
}
