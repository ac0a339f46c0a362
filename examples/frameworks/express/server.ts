// Express 5: a call that fails rejects, and the last handler turns what the provider said into a response.
import { ApiError, createStripe } from "@connectry/stripe";
import express, { type ErrorRequestHandler } from "express";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });
const app = express();
app.use(express.json());

app.post("/customers", async (request, response) => {
  const { data } = await stripe.POST("/v1/customers", { body: { email: request.body.email } });
  response.status(201).json({ id: data.id, email: data.email });
});

app.get("/customers/:id", async (request, response) => {
  const params = { path: { customer: request.params.id } };
  const { data } = await stripe.GET("/v1/customers/{customer}", { params });
  response.json(data);
});

const onError: ErrorRequestHandler = (error, _request, response, next) => {
  if (!ApiError.isInstance(error)) return next(error);
  response.status(error.status).json({ message: error.message });
};
app.use(onError);

app.listen(Number(process.env.PORT ?? 3000));
