/** One change of an overlay: it removes what it targets, or merges `update` into it. */
export type OverlayAction = {
  /** An RFC 9535 JSONPath. */
  readonly target: string;
  /** Where the action stands, for messages: `specs/slack/overlay.yaml:12 (actions[3])`. */
  readonly place: string;
} & ({ readonly kind: "remove" } | { readonly kind: "update"; readonly update: unknown });

/** An OpenAPI Overlay 1.0: https://spec.openapis.org/overlay/v1.0.0.html */
export interface Overlay {
  readonly actions: readonly OverlayAction[];
}
