import ts from "typescript";
import type { Change, RequestPlace, Sign } from "../change.js";
import type { FoundCall } from "./find-calls.js";

/** A call that a breaking change reaches. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `breaks` where the source shows it; `may break` where values or the use of the answer decide. */
  readonly certainty: "breaks" | "may break";
  readonly change: Change;
}

/** What a change does to a call; undefined where the source shows that it does nothing. */
export function judgeCall({ init }: FoundCall, sign: Sign): CallSite["certainty"] | undefined {
  switch (sign.kind) {
    case "always":
      return "breaks";
    case "unknown":
      return "may break";
    case "gives":
      return answer(presence(init, sign.place, sign.name), "present");
    case "omits":
      // Deep in a body, the object that should hold it need not be there at all.
      return sign.place === "nested" ? "may break" : answer(presence(init, sign.place, sign.name), "absent");
    case "value":
      return answer(holdsValue(init, sign.value), "present");
  }
}

type Presence = "present" | "absent" | "unclear";

function answer(found: Presence, broken: Presence): CallSite["certainty"] | undefined {
  if (found === "unclear") return "may break";
  return found === broken ? "breaks" : undefined;
}

/** Whether a member is written in the arguments of a call. */
function presence(init: ts.Expression | undefined, place: RequestPlace, name: string): Presence {
  if (place === "nested") return holdsName(init, name);
  if (place === "body") return name === "body" ? memberIn(init, ["body"]) : memberIn(init, ["body", name]);
  return memberIn(init, ["params", place, name]);
}

/** Follows names through object literals; whatever else stands on the way is unclear. */
function memberIn(expression: ts.Expression | undefined, names: readonly string[]): Presence {
  let current = expression === undefined ? undefined : bare(expression);
  for (const name of names) {
    if (current === undefined) return "absent";
    if (!ts.isObjectLiteralExpression(current)) return "unclear";
    const member = current.properties.find((property) => property.name !== undefined && nameOf(property.name) === name);
    if (member === undefined) {
      const isWhole = current.properties.every((one) => !ts.isSpreadAssignment(one) && nameOf(one.name) !== undefined);
      return isWhole ? "absent" : "unclear";
    }
    current = ts.isPropertyAssignment(member) ? bare(member.initializer) : ts.factory.createIdentifier(name);
  }
  return "present";
}

/** Whether a name is a key anywhere in the arguments. */
function holdsName(init: ts.Expression | undefined, name: string): Presence {
  return search(
    init,
    (node) => ts.isObjectLiteralElement(node) && node.name !== undefined && nameOf(node.name) === name,
  );
}

function holdsValue(init: ts.Expression | undefined, value: unknown): Presence {
  return search(init, (node) => {
    if (ts.isStringLiteralLike(node)) return node.text === value;
    return ts.isNumericLiteral(node) && Number(node.text) === value;
  });
}

function search(init: ts.Expression | undefined, isIt: (node: ts.Node) => boolean): Presence {
  if (init === undefined) return "absent";
  let found: Presence = "absent";
  const visit = (node: ts.Node): void => {
    if (isIt(node)) found = "present";
    // A value that is computed, or spread into the object, may hold anything.
    else if (found === "absent" && isComputed(node)) found = "unclear";
    if (found !== "present") ts.forEachChild(node, visit);
  };
  visit(bare(init));
  return found;
}

function isComputed(node: ts.Node): boolean {
  if (ts.isSpreadAssignment(node) || ts.isSpreadElement(node) || ts.isShorthandPropertyAssignment(node)) return true;
  if (ts.isPropertyAssignment(node)) return isOpaque(node.initializer);
  return false;
}

function isOpaque(expression: ts.Expression): boolean {
  return ts.isIdentifier(expression) || ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression);
}

/** Without `as const`, `satisfies` and parentheses. */
function bare(expression: ts.Expression): ts.Expression {
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isParenthesizedExpression(expression))
    return bare(expression.expression);
  return expression;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}
