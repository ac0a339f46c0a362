import type { Safety } from "@connectry/core";

/** What a tool says about itself to clients: https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations */
export interface ToolAnnotations {
  readonly title: string;
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/**
 * Whether a write cannot be taken back, so that it needs approval: one that may not be repeated, one that creates (money that was moved, a
 * message that was sent), and one that deletes. A PUT or PATCH that is as good twice as once can be set back.
 */
export function needsApproval(safety: Safety, method: string): boolean {
  return safety === "unsafe" || safety === "idempotent-with-key" || (safety === "idempotent" && method === "DELETE");
}

/** Whether a repeat of a write with the same arguments could be applied a second time, so that it is sent once for a session. */
export function isRepeatHarmful(safety: Safety): boolean {
  return safety === "unsafe" || safety === "idempotent-with-key";
}

const order: readonly Safety[] = ["safe", "idempotent", "idempotent-with-key", "unsafe"];

/**
 * The annotations of a tool that calls operations of these safeties. No document says which writes only add, so every write may destroy.
 * A write that creates is idempotent here, because a repeat of it is not sent.
 */
export function annotationsOf(title: string, safeties: readonly Safety[]): ToolAnnotations {
  const worst = Math.max(0, ...safeties.map((safety) => order.indexOf(safety)));
  const isRead = worst === 0;
  return { title, readOnlyHint: isRead, destructiveHint: !isRead, idempotentHint: true, openWorldHint: true };
}
