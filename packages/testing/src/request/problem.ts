/** Why a request is rejected. */
export interface Problem {
  /** A machine-readable code: `parameter_missing`, `body_invalid` ... */
  readonly code: string;
  /** What is wrong, and where. */
  readonly message: string;
}
