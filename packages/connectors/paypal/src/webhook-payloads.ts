import type { components } from "./generated/types.js";

type Schemas = components["schemas"];

/**
 * An event. These fields are those of the schema `event` in openapi/notifications_webhooks_v1.json of paypal/paypal-rest-api-specifications, all of
 * which are optional there.
 */
export interface PaypalPayload<Resource = unknown> {
  readonly id: string;
  readonly event_type: string;
  readonly create_time?: string;
  readonly event_version?: string;
  readonly resource_type?: string;
  readonly resource_version?: string;
  readonly summary?: string;
  /** What the event is about. Read what matters from the API: a delivery is signed by a checksum alone. */
  readonly resource: Resource;
  readonly links?: readonly { readonly href: string; readonly rel: string; readonly method?: string }[];
}

/**
 * Payloads by the type of the event: those of orders and their payments, whose resources the document describes, of
 * https://developer.paypal.com/api/rest/webhooks/event-names/ and https://developer.paypal.com/payment-methods/webhooks. Any other has a resource
 * that it does not describe.
 */
export interface PaypalEvents {
  "CHECKOUT.ORDER.APPROVED": PaypalPayload<Schemas["order"]>;
  "CHECKOUT.PAYMENT-APPROVAL.REVERSED": PaypalPayload;
  "PAYMENT.AUTHORIZATION.CREATED": PaypalPayload<Schemas["authorization"]>;
  "PAYMENT.AUTHORIZATION.VOIDED": PaypalPayload<Schemas["authorization"]>;
  "PAYMENT.CAPTURE.COMPLETED": PaypalPayload<Schemas["capture"]>;
  "PAYMENT.CAPTURE.DECLINED": PaypalPayload<Schemas["capture"]>;
  "PAYMENT.CAPTURE.DENIED": PaypalPayload<Schemas["capture"]>;
  "PAYMENT.CAPTURE.PENDING": PaypalPayload<Schemas["capture"]>;
  /** Its resource is the refund: unconfirmed. */
  "PAYMENT.CAPTURE.REFUNDED": PaypalPayload;
  [type: string]: PaypalPayload;
}
