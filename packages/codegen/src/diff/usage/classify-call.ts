import ts from "typescript";
import type { AffectedCalls, ArgumentLocation, Change } from "../changes/change.js";
import type { FoundCall } from "./find-calls.js";

/** A call that a breaking change affects. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `breaks` where the source shows it; `may break` where it depends on computed values or the use of the response. */
  readonly certainty: "breaks" | "may break";
  readonly change: Change;
}

/** Whether a change breaks a call; undefined where the source shows that it does not. */
export function classifyCall({ init }: FoundCall, affected: AffectedCalls): CallSite["certainty"] | undefined {
  switch (affected.kind) {
    case "all":
      return "breaks";
    case "unknown":
      return "may break";
    case "passing":
      return certaintyOf(findArgument(init, affected.location, affected.name), "present");
    case "omitting":
      // The object that would hold a nested member may be missing itself.
      if (affected.location === "nested") return "may break";
      return certaintyOf(findArgument(init, affected.location, affected.name), "absent");
    case "passing-value":
      return certaintyOf(findValue(init, affected.value), "present");
  }
}

type Presence = "present" | "absent" | "unclear";

function certaintyOf(found: Presence, breaksWhere: Presence): CallSite["certainty"] | undefined {
  if (found === "unclear") return "may break";
  return found === breaksWhere ? "breaks" : undefined;
}

/** Whether the arguments of a call have a member. */
function findArgument(init: ts.Expression | undefined, location: ArgumentLocation, name: string): Presence {
  if (location === "nested") return findName(init, name);
  if (location === "body") return findMember(init, name === "body" ? ["body"] : ["body", name]);
  if (location === "headers") return findMember(init, ["headers", name]);
  return findMember(init, ["params", location, name]);
}

/** Follows names through object literals; any other expression on the way is unclear. */
function findMember(expression: ts.Expression | undefined, names: readonly string[]): Presence {
  let current = expression === undefined ? undefined : unwrap(expression);
  for (const name of names) {
    if (current === undefined) return "absent";
    if (!ts.isObjectLiteralExpression(current)) return "unclear";
    const member = current.properties.find((property) => property.name !== undefined && nameOf(property.name) === name);
    if (member === undefined) {
      const areAllKnown = current.properties.every(
        (one) => !ts.isSpreadAssignment(one) && nameOf(one.name) !== undefined,
      );
      return areAllKnown ? "absent" : "unclear";
    }
    current = ts.isPropertyAssignment(member) ? unwrap(member.initializer) : ts.factory.createIdentifier(name);
  }
  return "present";
}

/** Whether any object literal in the arguments has this key. */
function findName(init: ts.Expression | undefined, name: string): Presence {
  return search(
    init,
    (node) => ts.isObjectLiteralElement(node) && node.name !== undefined && nameOf(node.name) === name,
  );
}

/** Whether the arguments have this literal anywhere. */
function findValue(init: ts.Expression | undefined, value: unknown): Presence {
  return search(init, (node) => {
    if (ts.isStringLiteralLike(node)) return node.text === value;
    return ts.isNumericLiteral(node) && Number(node.text) === value;
  });
}

function search(init: ts.Expression | undefined, matches: (node: ts.Node) => boolean): Presence {
  if (init === undefined) return "absent";
  let found: Presence = "absent";
  const visit = (node: ts.Node): void => {
    if (matches(node)) found = "present";
    // A value that is computed, or spread into the object, can be anything.
    else if (found === "absent" && isComputed(node)) found = "unclear";
    if (found !== "present") ts.forEachChild(node, visit);
  };
  visit(unwrap(init));
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

/** The expression without `as`, `satisfies` and parentheses. */
function unwrap(expression: ts.Expression): ts.Expression {
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isParenthesizedExpression(expression))
    return unwrap(expression.expression);
  return expression;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;
}
