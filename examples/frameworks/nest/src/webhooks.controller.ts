import { toNodeHandler, webhooks } from "@connectry/stripe/webhooks";
import { Controller, Post, Req, Res } from "@nestjs/common";
import type { Request, Response } from "express";

// The app is created with `rawBody: true`, because a signature covers the bytes, and Nest parses them.
const onStripe = toNodeHandler(
  webhooks.handler({
    secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
    on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) },
  }),
);

@Controller("webhooks")
export class WebhooksController {
  @Post("stripe")
  stripe(@Req() request: Request, @Res() response: Response) {
    return onStripe(request, response);
  }
}
