import type { Completed } from "./completed.ts";

/** Payments, banks, accounting. */
export const money: readonly Completed[] = [
  {
    id: "plaid",
    drafted:
      "3 parts of a credential, environments, the field of the key with its length, 3 page styles with 35 lists, error paths",
    byHand: [
      ["the version header", "`add` says so: it is one of the security schemes"],
      ["157 POSTs that read", "everything is a POST, and OpenAPI has no word for it"],
      [
        "`/transactions/sync` and 3 more lists, by overlay",
        "the page has three lists, or is found by no parameter that is known",
      ],
      ["limits of each Item", "they are on a page of their own"],
      ["3 rules of `retry`", "which errors pass is prose"],
      ["83 names of events", "the document has the bodies, without the names"],
    ],
  },
  {
    id: "paypal",
    drafted: "environments, the error message; since, the exchange of tokens",
    byHand: [
      ["`name`", 'the title is "Orders"'],
      ["`clientAuthentication`", "no document says it"],
      ["`PayPal-Request-Id`", "a parameter by reference, of 3 of 6 writes; the page has it for all"],
      ["`errors.code`, `requestId`", "the document has names that say nothing"],
      ["the wait of a 429", "it is in the vendor's sample code"],
      ["one required member, by overlay", "the document is wrong"],
      ["9 events", "the document of Orders has none"],
    ],
  },
  {
    id: "adyen",
    drafted: "the key in a header, base URL, `Idempotency-Key`, error message and code",
    byHand: [
      ["the live host with its prefix", "the document has the server for tests alone"],
      ["the length of keys, `transient-error`, code 704", "the page about idempotency has them"],
      ["`requestId`", "pspReference is prose"],
      ["a second shape of errors", "the document does not describe it"],
      ["a 500 that does not pass", "its body has a status of its own"],
      ["3 POSTs that read, by overlay", "OpenAPI has no word for it"],
      ["46 events", "they are in another document of the vendor"],
    ],
  },
  {
    id: "xero",
    drafted: "base URL, the idempotency header, the tenant header, lists with pages and a total, the error message",
    byHand: [
      ["`name`", 'the title is "Xero Accounting API"'],
      ["`client-credentials` with scopes", "the document has the flow of users"],
      ["limits, the length of keys", "they are on the page about limits, or not confirmed"],
      ["pages that are asked for, journals by number", "without `page` everything comes; both are prose"],
      ["3 shapes of errors, the correlation id", "the document describes one"],
      ["connections, by overlay", "they are in another document of the vendor"],
      ["8 events", "the document has none"],
    ],
  },
];
