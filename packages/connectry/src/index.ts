export { CodegenError, type LoadDocumentsOptions, type LoadedDocument, loadDocuments, main } from "@connectry/codegen";
