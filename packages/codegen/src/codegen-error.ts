/** A failure that the user can act on: its message is the whole answer, and no stack is shown for it. */
export class CodegenError extends Error {
  override readonly name = "CodegenError";

  /** `details` are printed below the summary, indented, one a line. */
  constructor(summary: string, details: readonly string[] = [], options?: { readonly cause?: unknown }) {
    super([summary, ...details.map((line) => `  ${line}`)].join("\n"), options);
  }
}
