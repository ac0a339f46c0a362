import { applyOverlay } from "../overlay/apply-overlay.js";
import { readOverlay } from "../overlay/read-overlay.js";
import type { DocumentPin } from "../spec/provider-spec.js";
import { showPath } from "../text/show-path.js";
import { checkReferences } from "./check-references.js";
import { decodeDocument } from "./decode-document.js";
import type { LoadedDocument } from "./loaded-document.js";
import { refuseUnlessOpenApi } from "./openapi-version.js";
import { parseDocument } from "./parse-document.js";

/** Turns a pulled document into what the generator takes: parsed, overlaid, checked. Throws where it cannot be generated from. */
export async function loadDocument(pin: DocumentPin, bytes: Uint8Array): Promise<LoadedDocument> {
  // spec.yaml writes a file as seen from itself, the user looks for it from where he stands.
  const name = pin.source.kind === "file" ? showPath(pin.source.path) : pin.origin;
  const parsed = parseDocument(await decodeDocument(bytes, name), name);
  const json = pin.overlay === undefined ? parsed : applyOverlay(parsed, await readOverlay(pin.overlay), name);
  // After the overlay: it may repair a reference, and it may break one.
  checkReferences(refuseUnlessOpenApi(json, name), name);
  return { name: pin.name, json, origin: pin.origin };
}
