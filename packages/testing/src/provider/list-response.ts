import type { ProviderProfile } from "@connectry/core";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import { isObject } from "../json/json-object.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { successResponse } from "./documented-responses.js";
import type { ErrorResponder } from "./error-response.js";
import type { ListFilters } from "./list-filters.js";
import { markSuccess } from "./mark-success.js";
import { createPage } from "./page-response.js";
import type { PageShape } from "./page-shape.js";
import type { RoutedRequest } from "./provider-request.js";
import type { Seeds } from "./seeds.js";

/** What the pages of lists are made from. */
export interface ListParts {
  readonly profile: ProviderProfile;
  readonly seeds: Seeds;
  readonly filters: ListFilters;
  readonly tools: SchemaToolsOf;
  /** Items on a page where the request does not set it. */
  readonly pageSize: number;
  readonly respondWithError: ErrorResponder;
}

/** Creates the responses to requests of a list: the page that is asked for, of the items that its filters leave. */
export function createListResponder({ profile, seeds, filters, tools, pageSize, respondWithError }: ListParts) {
  return (routed: RoutedRequest, shape: PageShape): EncodedResponse => {
    const { route, request, query } = routed;
    const { operation, path } = route;
    const all = seeds.itemsOf({ operation, shape }, path);
    const items = filters.apply({ operation, shape, items: all }, request);
    const pageRequest = {
      origin: routed.origin,
      path: request.path,
      query: query.text,
      values: { ...(isObject(request.body) ? request.body : {}), ...Object.fromEntries(query.pairs) },
      defaultSize: pageSize,
    };
    const page = createPage({ shape, items }, pageRequest, tools(operation.schemas.response));
    if (page.kind === "page") {
      return encodeResponse({
        status: successResponse(operation).status,
        headers: page.headers,
        body: markSuccess(profile, page.body),
      });
    }
    if (page.kind === "not-allowed") {
      const value = JSON.stringify(page.value);
      const message = `${operation.id}: the document does not allow ${value} at ${page.path.join(".")} of a page: its type is ${page.types.join(" or ")}`;
      return respondWithError({ operation, status: 500, problem: { code: "page_not_allowed", message } });
    }
    const message = `${operation.id}: parameter ${page.parameter} is not a cursor of this list`;
    return respondWithError({ operation, status: 400, problem: { code: "parameter_invalid", message } });
  };
}
