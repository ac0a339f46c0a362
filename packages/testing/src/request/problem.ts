/** Why a request was refused. */
export interface Problem {
  /** For programs: `parameter_missing`, `body_invalid` ... */
  readonly code: string;
  /** For people: what is wrong, and where. */
  readonly message: string;
}
