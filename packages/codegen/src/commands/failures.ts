import { CodegenError } from "../codegen-error.js";

/** Gathers what went wrong with one provider, so that the others still get their turn. */
export class Failures {
  readonly #errors = new Map<string, unknown>();

  /** Runs one provider's part and keeps its error. */
  async gather(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.add(error);
    }
  }

  /** Keeps an error; the same message is told once. */
  add(error: unknown): void {
    this.#errors.set(error instanceof Error ? error.message : String(error), error);
  }

  /** Throws what was gathered: the error itself where it is one, else one with all their messages. */
  throwIfAny(): void {
    const errors = [...this.#errors.values()];
    const stranger = errors.find((error) => !(error instanceof CodegenError));
    if (stranger !== undefined) throw stranger;
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new CodegenError([...this.#errors.keys()].join("\n\n"), [], { cause: errors });
  }
}
