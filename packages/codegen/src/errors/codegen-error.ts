/** An error that the user can act on. Its message is complete: the command prints it without a stack. */
export class CodegenError extends Error {
  override readonly name = "CodegenError";

  /** `details` are added to the message below the summary, one per line, indented. */
  constructor(summary: string, details: readonly string[] = [], options?: { readonly cause?: unknown }) {
    super([summary, ...details.map((line) => `  ${line}`)].join("\n"), options);
  }
}
