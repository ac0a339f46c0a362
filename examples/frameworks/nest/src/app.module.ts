import { Module } from "@nestjs/common";
import { APP_FILTER } from "@nestjs/core";
import { ApiErrorFilter } from "./api-error.filter";
import { CustomersController } from "./customers.controller";
import { STRIPE, stripeProvider } from "./stripe.provider";
import { WebhooksController } from "./webhooks.controller";

@Module({
  controllers: [CustomersController, WebhooksController],
  providers: [stripeProvider, { provide: APP_FILTER, useClass: ApiErrorFilter }],
  exports: [STRIPE],
})
export class AppModule {}
