/** One action of an overlay: it removes its targets, or merges `update`, or the node that `copy` selects, into each of them. */
export type OverlayAction = {
  /** An RFC 9535 JSONPath. */
  readonly target: string;
  /** The position of the action, for messages: `specs/slack/overlay.yaml:12 (actions[3])`. */
  readonly position: string;
} & (
  | { readonly kind: "remove" }
  | { readonly kind: "update"; readonly update: unknown }
  /** `copy` is an RFC 9535 JSONPath. */
  | { readonly kind: "copy"; readonly copy: string }
  /** Our `x-connectry-repair`: a mistake that many schemas or paths of a document have. */
  | { readonly kind: "repair"; readonly repair: RepairName }
);

/**
 * `unite-items`: `items` of a schema that is not a list are its alternatives (`uniteItems`); `move-to-post`: the GET of a path is a write
 * (`moveToPost`).
 */
export const repairNames = ["unite-items", "move-to-post"] as const;
export type RepairName = (typeof repairNames)[number];

/** An OpenAPI Overlay 1.0 or 1.1: https://spec.openapis.org/overlay/v1.1.0.html */
export interface Overlay {
  readonly actions: readonly OverlayAction[];
}
