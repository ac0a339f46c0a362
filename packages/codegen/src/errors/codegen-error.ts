const brand = Symbol.for("connectry.codegen-error");

/** An error that the user can act on. Its message is complete: the command prints it without a stack. */
export class CodegenError extends Error {
  override readonly name = "CodegenError";

  /** Whether a thrown value is an error of this class, whichever copy of the package created it. */
  static isInstance(value: unknown): value is CodegenError {
    return (value as Partial<CodegenError> | undefined)?.[brand] === true;
  }

  /** @internal */
  readonly [brand] = true;

  /** `details` are added to the message below the summary, one per line, indented. */
  constructor(summary: string, details: readonly string[] = [], options?: { readonly cause?: unknown }) {
    super([summary, ...details.map((line) => `  ${line}`)].join("\n"), options);
  }
}
