declare const unknownType: unique symbol;

/** One event of a delivery. */
export interface WebhookEvent<Type extends string = string, Payload = unknown> {
  /** What happened: the most exact of the names that the provider gives it, such as `pull_request.opened`. */
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

/** An event that the types do not know: new since they were made, or never described. */
export type UnknownEvent = WebhookEvent<string & { readonly [unknownType]: true }, unknown>;

/** Every event of a provider, told apart by `type`; what the types do not know is an arm of its own. */
export type EventOf<Events> =
  | { readonly [Type in keyof Events & string]: WebhookEvent<Type, Events[Type]> }[keyof Events & string]
  | UnknownEvent;
