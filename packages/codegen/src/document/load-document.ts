import { applyOverlay } from "../overlay/apply-overlay.js";
import { readOverlay } from "../overlay/read-overlay.js";
import type { DocumentPin } from "../source/document-pin.js";
import { showPath } from "../text/show-path.js";
import { checkReferences } from "./check-references.js";
import { decodeDocument } from "./decode-document.js";
import type { LoadedDocument } from "./loaded-document.js";
import { verifyOpenApi } from "./openapi-version.js";
import { parseDocument } from "./parse-document.js";
import { resolveAnchors } from "./resolve-anchors.js";

/**
 * Parses a pulled document, applies its overlay and checks the result.
 * @throws CodegenError if nothing can be generated from it.
 */
export async function loadDocument(pin: DocumentPin, bytes: Uint8Array): Promise<LoadedDocument> {
  // spec.yaml names a file relative to itself; messages name it relative to the working directory.
  const name = pin.source.kind === "file" ? showPath(pin.source.path) : pin.origin;
  const parsed = parseDocument(await decodeDocument(bytes, name), name);
  const json = pin.overlay === undefined ? parsed : applyOverlay(parsed, await readOverlay(pin.overlay), name);
  // After the overlay, because an overlay can repair a reference and can break one.
  const resolved = resolveAnchors(verifyOpenApi(json, name));
  checkReferences(resolved, name);
  return { name: pin.name, json: resolved, origin: pin.origin };
}
