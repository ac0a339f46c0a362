export { GraphqlError, type GraphqlErrorInit, type GraphqlErrorItem } from "../errors/graphql-error.js";
export type { GraphqlDocument, PrintDocument } from "./document-text.js";
export { type GraphqlOptions, type GraphqlRequest, graphql } from "./graphql.js";
