/** What a request did to an object of a fake provider. */
export interface ObjectChange {
  readonly kind: "created" | "updated" | "deleted";
  /** `POST /v1/customers` */
  readonly operation: string;
  readonly path: string;
  /** The last word of the path of the list or the object: `issues` for `/repos/{owner}/{repo}/issues/{issue_number}`. */
  readonly resource: string;
  /** What follows the object in the path of an action: `cancel` for `/v1/payment_intents/{intent}/cancel`. */
  readonly action: string | undefined;
  /** The name of the schema of the object in the document: `pull-request`. */
  readonly schema: string | undefined;
  /** The object after the change; before it, where it was deleted. */
  readonly object: unknown;
  /** The object before an update. */
  readonly before: unknown;
  /** The body of the request. */
  readonly body: unknown;
}
