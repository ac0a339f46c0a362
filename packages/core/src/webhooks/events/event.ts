/** One event of a delivery. */
export interface WebhookEvent<Type extends string = string, Payload = unknown> {
  /** The name under which a handler was found, and otherwise the most specific name, such as `pull_request.opened`. */
  readonly type: Type;
  /** All names of the event, the most specific first: `["pull_request.opened", "pull_request"]`; or `["unknown"]`. */
  readonly names: readonly string[];
  /** Identifies the event. The same when the event is delivered again, unless `isIdentified` is false. */
  readonly id: string;
  /**
   * Whether something in the delivery identifies the event. Where nothing does (Twilio without an idempotency token), `id`
   * is random, and the event is processed each time it is delivered.
   */
  readonly isIdentified: boolean;
  /** The event as the provider sent it. */
  readonly payload: Payload;
  /** The id of the scheme, such as `stripe`. */
  readonly provider: string;
  /** When it was signed, in milliseconds since the epoch. Undefined where the provider sends no timestamp. */
  readonly signedAtMs: number | undefined;
}

/**
 * The type of an event that is not in the provider's document, because it is newer or undocumented. At runtime it is the
 * name of the event, such as `moon.visited`. It is a string for the compiler, too, but none that equals a name of the
 * document, so that `event.type === "invoice.paid"` narrows to the known event. To compare it with a newer name, write
 * `const name: string = event.type`.
 */
export type UnknownType = `unknown: ${string}`;

/** An event that is not in the provider's document. */
export interface UnknownEvent extends WebhookEvent<UnknownType> {}

/** The union of a provider's events, discriminated by `type`, with `UnknownEvent` for all others. */
export type EventOf<Events> = string extends keyof Events
  ? WebhookEvent<string, Events[keyof Events]>
  :
      | { readonly [Type in keyof Events & string]: WebhookEvent<Type, Events[Type]> }[keyof Events & string]
      | UnknownEvent;
