/** What one check of `connectry doctor` found. */
export interface Finding {
  /** What was checked: `credential`. */
  readonly check: string;
  /** `error`: calls or webhooks fail. `warning`: they may fail later. `skipped`: it could not be checked. */
  readonly level: "ok" | "warning" | "error" | "skipped";
  /** What is so. It never contains a secret. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}
