/**
 * One event of a delivery. These fields are those of `WebhookEvent` in xero-webhooks.yaml of XeroAPI/Xero-OpenAPI e952d0b. It names what changed: read
 * its content from the API, with the tenant of the event.
 */
export interface XeroPayload {
  readonly resourceUrl: string;
  /** Such as the ContactID. */
  readonly resourceId: string;
  /** In UTC, without a zone: `2024-06-21T01:15:39.902`. */
  readonly eventDateUtc: string;
  readonly eventType: "CREATE" | "UPDATE";
  readonly eventCategory: "CONTACT" | "INVOICE" | "CREDITNOTE" | "SUBSCRIPTION";
  /** The organization, or the app of a subscription. */
  readonly tenantId: string;
  readonly tenantType: "ORGANISATION" | "APPLICATION";
}

/** An event of a credit note says which kind it is, and its status. */
export interface XeroCreditNotePayload extends XeroPayload {
  readonly data: {
    readonly Type: "ACCPAYCREDIT" | "ACCRECCREDIT";
    readonly Status: "DRAFT" | "SUBMITTED" | "DELETED" | "AUTHORISED" | "PAID" | "VOIDED";
  };
}

/** The types of events: their category and what happened. */
export type XeroEventType = `${XeroPayload["eventCategory"]}.${XeroPayload["eventType"]}`;

/** Payloads by the type of the event. */
export type XeroEvents = {
  readonly [Type in XeroEventType]: Type extends `CREDITNOTE.${string}` ? XeroCreditNotePayload : XeroPayload;
};
