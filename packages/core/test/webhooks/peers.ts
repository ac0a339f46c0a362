import fc from "fast-check";
import { verifySignature } from "../../src/webhooks/signature/verify-signature.js";

// Fewer runs than in other property tests, because the packages that are compared are slow.
export const runs = { numRuns: 300, seed: 36 };
export const bodies = fc.json({ maxDepth: 2 });
export const secrets = fc
  .string({ minLength: 1, maxLength: 40, unit: "grapheme-ascii" })
  .filter((text) => text.trim() !== "");

/** Whether we accept a delivery. */
export async function accepts(...args: Parameters<typeof verifySignature>): Promise<boolean> {
  return verifySignature(...args).then(
    () => true,
    (error: Error) => {
      if (error.name !== "WebhookVerificationError") throw error;
      return false;
    },
  );
}

/** Whether a function does not throw. */
export function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}
