import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "../source/document-pin.js";
import { publishedAt } from "../source/published-at.js";
import { findNewest, type NewestOptions } from "../update/newest-documents.js";
import type { Finding } from "./finding.js";

const check = "document";
const dayMs = 86_400_000;

function describeAge(pin: DocumentPin, nowMs: number, options: NewestOptions): Promise<string> {
  return publishedAt(pin.source, options).then(
    (atMs) => (atMs === undefined ? "" : `, ${Math.max(0, Math.floor((nowMs - atMs) / dayMs))} days old`),
    () => "",
  );
}

/** Checks how old the documents of a connector are, and whether newer ones are published. */
export async function checkDocuments(
  pins: readonly DocumentPin[],
  advice: string,
  { nowMs, ...options }: NewestOptions & { readonly nowMs: number },
): Promise<readonly Finding[]> {
  return Promise.all(
    pins.map(async (pin): Promise<Finding> => {
      const name = pins.length > 1 ? `${pin.name}: ${pin.origin}` : pin.origin;
      try {
        const [[newest], age] = await Promise.all([findNewest([pin], options), describeAge(pin, nowMs, options)]);
        const message = `${name}${age}`;
        if (!newest?.isNewer) return { check, level: "ok", message: `${message}; no newer one is published` };
        return {
          check,
          level: "warning",
          message: `${message}; a newer one is published: ${newest.pin.origin}`,
          advice,
        };
      } catch (error) {
        if (!(error instanceof CodegenError)) throw error;
        return { check, level: "skipped", message: `${name}: ${error.message.split("\n")[0]}` };
      }
    }),
  );
}
