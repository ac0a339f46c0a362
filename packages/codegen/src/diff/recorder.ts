import type { Change, Level, Side, Sign } from "./change.js";
import type { Rule } from "./rules/rule.js";

/** Something that changes belong to: an operation, or a schema that operations share. */
export interface Owner {
  /** `GET /pets`, or `schema Pet`. */
  readonly title: string;
  readonly isOperation: boolean;
}

/** Notes changes with their owners, and which shared schemas are reached from where. */
export class Recorder {
  readonly #notes: { readonly owner: Owner; readonly change: Omit<Change, "owner" | "operations"> }[] = [];
  readonly #reached = new Map<Owner, Set<Owner>>();

  /** Notes one change, judged by its rule for the side that it is on. */
  note(
    owner: Owner,
    side: Side,
    name: string,
    rule: Rule,
    place: string,
    detail = "",
    sign: Sign = { kind: "unknown" },
  ): void {
    const level: Level = side === "response" ? rule.response : rule.request;
    const text = detail === "" ? rule.text : `${rule.text}: ${detail}`;
    this.#notes.push({ owner, change: { rule: name, level, side, place, text, sign } });
  }

  /** Notes that a shared schema belongs to an owner. */
  reach(from: Owner, shared: Owner): void {
    const known = this.#reached.get(from) ?? new Set();
    this.#reached.set(from, known.add(shared));
  }

  /** All changes, each with the operations that it reaches. */
  changes(): Change[] {
    const reachedBy = this.#invert();
    return this.#notes.map(({ owner, change }) => ({
      ...change,
      owner: owner.title,
      operations: owner.isOperation ? [owner.title] : [...(reachedBy.get(owner) ?? [])].sort(),
    }));
  }

  /** The operations from which each shared schema is reached, over however many others. */
  #invert(): ReadonlyMap<Owner, ReadonlySet<string>> {
    const found = new Map<Owner, Set<string>>();
    for (const operation of this.#reached.keys()) {
      if (!operation.isOperation) continue;
      const seen = new Set<Owner>();
      const open = [operation];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const shared of this.#reached.get(next) ?? []) {
          if (seen.has(shared)) continue;
          seen.add(shared);
          found.set(shared, (found.get(shared) ?? new Set()).add(operation.title));
          open.push(shared);
        }
      }
    }
    return found;
  }
}
