export { main } from "./cli.js";
export { type LoadDocumentsOptions, loadDocuments } from "./commands/load-documents.js";
export type { LoadedDocument } from "./document/loaded-document.js";
export { CodegenError } from "./errors/codegen-error.js";
