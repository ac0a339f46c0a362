import { JSONPathEnvironment, type JSONPathQuery } from "json-p3";

/** A path that would take too long. */
export class PathCostError extends Error {
  override readonly name = "PathCostError";
}

// `$..*` takes three steps for each value of the document. A million of them take some three seconds.
const stepsPerValue = 5;
const freeSteps = 100_000;

/** Counts the members and levels that a query visits, also those inside of filters. */
export class LimitedEnvironment extends JSONPathEnvironment {
  private steps = 0;
  private maxSteps = 0;

  constructor() {
    super();
    // Read for each node that a descendant segment visits.
    const depth = this.maxRecursionDepth;
    Object.defineProperty(this, "maxRecursionDepth", {
      get: () => {
        this.count(1);
        return depth;
      },
    });
  }

  override entries(members: Parameters<JSONPathEnvironment["entries"]>[0]): ReturnType<JSONPathEnvironment["entries"]> {
    const entries = super.entries(members);
    this.count(entries.length);
    return entries;
  }

  /** Begins a query of a document. */
  begin(document: object): void {
    this.steps = 0;
    this.maxSteps = freeSteps + stepsPerValue * countValues(document);
  }

  private count(steps: number): void {
    this.steps += steps;
    if (this.steps > this.maxSteps) {
      throw new PathCostError(`takes more than ${this.maxSteps} steps in this document`);
    }
  }
}

const sizes = new WeakMap<object, number>();

/** How many values a document has. Counted once: actions change little of it. */
function countValues(document: object): number {
  const known = sizes.get(document);
  if (known !== undefined) return known;
  let count = 0;
  const stack: unknown[] = [document];
  while (stack.length > 0) {
    const value = stack.pop();
    count += 1;
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) stack.push(inner);
  }
  sizes.set(document, count);
  return count;
}

// Each selector of a segment multiplies the nodes, also where it selects the same: `[0,0][0,0][0,0]`.
const maxSelections = 1_000;

/** How often one node can be selected: the product of the selectors in each segment, with those inside of filters. */
function selectionsOf(part: unknown): number {
  if (typeof part !== "object" || part === null || part instanceof JSONPathEnvironment) return 1;
  const { selectors } = part as { readonly selectors?: unknown };
  const own = Array.isArray(selectors) ? selectors.length : 1;
  return Object.values(part).reduce<number>((product, inner) => product * selectionsOf(inner), own);
}

/** Throws PathCostError for a path that selects the same nodes again and again. */
export function checkSelections(query: JSONPathQuery): void {
  if (selectionsOf(query) > maxSelections) throw new PathCostError(`combines more than ${maxSelections} selectors`);
}
