export { main } from "./cli.js";
export { CodegenError } from "./codegen-error.js";
export { type LoadDocumentsOptions, loadDocuments } from "./commands/load-documents.js";
export type { LoadedDocument } from "./document/loaded-document.js";
