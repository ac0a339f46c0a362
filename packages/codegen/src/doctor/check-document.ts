import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "../source/document-pin.js";
import { findNewest, type NewestOptions } from "../update/newest-documents.js";
import type { Finding } from "./finding.js";

const check = "document";
const dayMs = 86_400_000;

/** `, 715 days old`; nothing where the date is unknown. */
function describeAge({ date }: DocumentPin, nowMs: number): string {
  const days = Math.floor((nowMs - Date.parse(date ?? "")) / dayMs);
  return Number.isNaN(days) ? "" : `, ${Math.max(0, days)} days old`;
}

/** Checks how old the documents of a connector are, and whether newer ones are published. */
export async function checkDocuments(
  pins: readonly DocumentPin[],
  advice: string,
  { nowMs, ...options }: NewestOptions & { readonly nowMs: number },
): Promise<readonly Finding[]> {
  return Promise.all(
    pins.map(async (pin): Promise<Finding> => {
      const message = `${pins.length > 1 ? `${pin.name}: ` : ""}${pin.origin}${describeAge(pin, nowMs)}`;
      try {
        const [newest] = await findNewest([pin], options);
        if (!newest?.isNewer) return { check, level: "ok", message: `${message}; no newer one is published` };
        return {
          check,
          level: "warning",
          message: `${message}; a newer one is published: ${newest.pin.origin}`,
          advice,
        };
      } catch (error) {
        if (!(error instanceof CodegenError)) throw error;
        return { check, level: "skipped", message: `${message}; ${error.message.split("\n")[0]}` };
      }
    }),
  );
}
