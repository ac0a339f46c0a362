declare const unknownType: unique symbol;

/** One event of a delivery. */
export interface WebhookEvent<Type extends string = string, Payload = unknown> {
  /** What happened: the name that the event is taken by, else the most exact that it has, such as `pull_request.opened`. */
  readonly type: Type;
  /** Everything that it may be called, the most exact first: `["pull_request.opened", "pull_request"]`. */
  readonly names: readonly string[];
  /** The same when the event is delivered again. */
  readonly id: string;
  /** What the provider says about it. */
  readonly payload: Payload;
  /** The scheme's id, such as `stripe`. */
  readonly provider: string;
  /** When it was signed, in milliseconds since the epoch, where the provider signs that. */
  readonly signedAtMs: number | undefined;
}

/**
 * The name of an event that the types do not know: new since they were made, or never described. It is a string all the
 * same, but typed as none, so that `event.type === "invoice.paid"` leaves the known event alone; `String(type)` reads it.
 */
export interface UnknownType {
  readonly [unknownType]: true;
  toString(): string;
}

/** An event that the types do not know. */
export interface UnknownEvent extends Omit<WebhookEvent, "type"> {
  readonly type: UnknownType;
}

/** Every event of a provider, told apart by `type`; what the types do not know is an arm of its own. */
export type EventOf<Events> = string extends keyof Events
  ? WebhookEvent<string, Events[keyof Events]>
  :
      | { readonly [Type in keyof Events & string]: WebhookEvent<Type, Events[Type]> }[keyof Events & string]
      | UnknownEvent;
