/**
 * One event. Only these members are signed: `pspReference`, `originalReference`, `merchantAccountCode`, `merchantReference`, `amount`,
 * `eventCode` and `success`. Any other may have been changed on its way: do not act on those.
 * json/Webhooks-v1.json of Adyen/adyen-openapi, commit 02d10c0.
 */
export interface AdyenPayload {
  /** Names the payment, the modification or the dispute. */
  readonly pspReference: string;
  /** Of a modification or a dispute: the `pspReference` of the payment. */
  readonly originalReference?: string;
  readonly merchantAccountCode: string;
  /** Your reference of the payment. */
  readonly merchantReference: string;
  /** `value` in minor units: 1000 for 10.00 EUR. */
  readonly amount: { readonly currency: string; readonly value: number };
  readonly eventCode: AdyenEventCode;
  /** A text. `false` where what the event is about failed: an `AUTHORISATION` that was refused. */
  readonly success: "true" | "false";
  /** ISO 8601. */
  readonly eventDate: string;
  readonly paymentMethod?: string;
  /** Why it failed; of a `REPORT_AVAILABLE` the address of the report. */
  readonly reason?: string;
  /** What can follow an `AUTHORISATION`. */
  readonly operations?: readonly ("CANCEL" | "CAPTURE" | "REFUND")[];
  /** What is particular to the event, as texts, and its `hmacSignature`. */
  readonly additionalData?: Readonly<Record<string, string | undefined>>;
}

/** The types of events. */
export type AdyenEventCode =
  | "AUTHORISATION"
  | "AUTHORISATION_ADJUSTMENT"
  | "AUTORESCUE"
  | "CANCELLATION"
  | "CANCEL_AUTORESCUE"
  | "CANCEL_OR_REFUND"
  | "CAPTURE"
  | "CAPTURE_FAILED"
  | "CHARGEBACK"
  | "CHARGEBACK_REVERSED"
  | "DISPUTE_DEFENSE_PERIOD_ENDED"
  | "EXPIRE"
  | "INFORMATION_SUPPLIED"
  | "ISSUER_COMMENTS"
  | "ISSUER_RESPONSE_TIMEFRAME_EXPIRED"
  | "MANUAL_REVIEW_ACCEPT"
  | "MANUAL_REVIEW_REJECT"
  | "NOTIFICATION_OF_CHARGEBACK"
  | "NOTIFICATION_OF_FRAUD"
  | "OFFER_CLOSED"
  | "ORDER_CLOSED"
  | "ORDER_OPENED"
  | "PAIDOUT_REVERSED"
  | "PAYOUT_DECLINE"
  | "PAYOUT_EXPIRE"
  | "PAYOUT_THIRDPARTY"
  | "POSTPONED_REFUND"
  | "PREARBITRATION_ACCEPTED"
  | "PREARBITRATION_DECLINED"
  | "PREARBITRATION_ISSUER_WITHDRAWN"
  | "PREARBITRATION_LOST"
  | "PREARBITRATION_OPEN"
  | "PREARBITRATION_WON"
  | "RECURRING_CONTRACT"
  | "REFUND"
  | "REFUNDED_REVERSED"
  | "REFUND_FAILED"
  | "REFUND_WITH_DATA"
  | "REPORT_AVAILABLE"
  | "REQUEST_FOR_INFORMATION"
  | "SCHEME_ARBITRATION"
  | "SCHEME_ARBITRATION_LOST"
  | "SCHEME_ARBITRATION_WON"
  | "SECOND_CHARGEBACK"
  | "TECHNICAL_CANCEL"
  | "VOID_PENDING_REFUND";

/** Payloads by the type of the event. */
export type AdyenEvents = Readonly<Record<AdyenEventCode, AdyenPayload>>;
