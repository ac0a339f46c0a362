import type { Stripe } from "@connectry/stripe";
import { Body, Controller, Get, Inject, Param, Post } from "@nestjs/common";
import { STRIPE } from "./stripe.provider";

@Controller("customers")
export class CustomersController {
  constructor(@Inject(STRIPE) private readonly stripe: Stripe) {}

  @Post()
  async create(@Body() body: { email: string }) {
    const { data } = await this.stripe.POST("/v1/customers", { body: { email: body.email } });
    return { id: data.id, email: data.email };
  }

  @Get(":id")
  async read(@Param("id") id: string) {
    const { data } = await this.stripe.GET("/v1/customers/{customer}", { params: { path: { customer: id } } });
    return data;
  }
}
