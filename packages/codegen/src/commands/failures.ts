import { CodegenError } from "../errors/codegen-error.js";

/** Collects the errors of several providers, so that one that fails does not keep the others from being processed. */
export class Failures {
  readonly #errors = new Map<string, unknown>();

  /** Runs the work for one provider and collects its error. */
  async collect(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.add(error);
    }
  }

  /** Adds an error. Errors with the same message are reported once. */
  add(error: unknown): void {
    this.#errors.set(error instanceof Error ? error.message : String(error), error);
  }

  /** Throws the collected error; if there are several, one CodegenError with all their messages. */
  throwIfAny(): void {
    const errors = [...this.#errors.values()];
    const unexpected = errors.find((error) => !(error instanceof CodegenError));
    if (unexpected !== undefined) throw unexpected;
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new CodegenError([...this.#errors.keys()].join("\n\n"), [], { cause: errors });
  }
}
