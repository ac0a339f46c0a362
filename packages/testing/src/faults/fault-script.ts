import type { ScriptedFault } from "./fault.js";

/** Faults that are checked when they are pushed: one that can never happen would be a test that tests nothing. */
export class FaultScript extends Array<ScriptedFault> {
  readonly #check: (fault: ScriptedFault) => void;

  /** `check` throws for a fault that applies to no request. */
  constructor(check: (fault: ScriptedFault) => void) {
    super();
    this.#check = check;
  }

  // What methods such as `filter` return is an ordinary array.
  static override get [Symbol.species]() {
    return Array;
  }

  override push(...faults: ScriptedFault[]): number {
    for (const fault of faults) this.#check(fault);
    return super.push(...faults);
  }
}
