export { GraphqlError, type GraphqlErrorInit, type GraphqlErrorItem } from "../errors/graphql-error.js";
export {
  GraphqlUserError,
  type GraphqlUserErrorInit,
  type GraphqlUserErrorItem,
} from "../errors/graphql-user-error.js";
export type {
  GraphqlDocument,
  GraphqlList,
  GraphqlMutation,
  GraphqlOperation,
  GraphqlPage,
  GraphqlQuery,
  PrintDocument,
} from "./document-text.js";
export { type GraphqlRequest, graphql } from "./graphql.js";
export { type GraphqlConnector, graphqlMethods, withGraphqlMethods } from "./graphql-methods.js";
export type {
  GraphqlArgs,
  GraphqlExtensions,
  GraphqlMethods,
  GraphqlOptions,
  GraphqlResult,
  MutateOptions,
  MutationDocument,
  PaginateQueryOptions,
  QueryDocument,
  QueryOptions,
  SafeGraphqlMethods,
  SafeGraphqlResult,
} from "./graphql-options.js";
