import type { DocumentOperation, DocumentParameter } from "../document/operation.js";
import { isObject } from "../json/json-object.js";
import { findMatchingName } from "../objects/match-name.js";
import { typesOf } from "../schema/json-schema.js";
import type { SchemaToolsOf } from "../schema/schema-tools.js";
import { matchesValue } from "./match-value.js";
import type { ListShape, PageShape } from "./page-shape.js";
import { matchesSearch } from "./search-groups.js";

/** An item of a list, in the schema of the operation that returns it. */
export interface ListItem {
  readonly item: unknown;
  readonly isSample: boolean;
}

/** The parameters of a list that filter its items. */
export interface ListFilters {
  /** The names of the parameters that filter a list. */
  parametersOf(operation: DocumentOperation, shape: ListShape | PageShape): readonly string[];
  /** The members that items have unless a test says otherwise: the documented default of a filter, such as `state: "open"`. */
  defaultsOf(operation: DocumentOperation, shape: ListShape | PageShape): Readonly<Record<string, unknown>>;
  /** The items that a request asks for. */
  apply(list: FilteredList, request: FilterRequest): readonly unknown[];
}

/** A list, and its items. */
export interface FilteredList {
  readonly operation: DocumentOperation;
  readonly shape: ListShape | PageShape;
  readonly items: readonly ListItem[];
}

/** What a request for a list has, in the types of the document. */
export interface FilterRequest {
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A parameter that filters by a member of the items. */
interface Filter {
  readonly parameter: DocumentParameter;
  readonly member: string;
  /** What a plain value is compared by: `lte` for `DateSent<` of Twilio, which includes the day. */
  readonly operator: "gte" | "lte" | undefined;
}

/** Parameters whose members have other names. `since` of GitHub: "only results that were last updated after the given time". */
const otherNames: Readonly<Record<string, string>> = { since: "updated_at" };

/** The schema of a parameter without its references, as far as its default needs it. */
const rawSchema = ({ schema }: DocumentParameter) => (isObject(schema) ? schema : {});

/** Whether a value of a parameter stands for no filter at all: `state=all`, where the document lists that value. */
function isEverything(parameter: DocumentParameter, value: unknown): boolean {
  const { enum: choices, default: otherwise } = rawSchema(parameter);
  return value === "all" && (otherwise === "all" || (Array.isArray(choices) && choices.includes("all")));
}

/** Creates the filters of lists: the query parameters that are named as a member of the items. */
export function createListFilters(tools: SchemaToolsOf): ListFilters {
  const cache = new WeakMap<DocumentOperation, readonly Filter[]>();

  const find = (operation: DocumentOperation, shape: ListShape | PageShape): readonly Filter[] => {
    const { request, response } = operation.schemas;
    const members = Object.keys(tools(response).schemaAt(shape.itemSchema, [])?.properties ?? {});
    const paging = "pagination" in shape ? [shape.size, shape.position, positionBackwards(shape)] : [];
    return operation.parameters().flatMap((parameter): Filter[] => {
      if (parameter.in !== "query" || paging.includes(parameter.name)) return [];
      const bare = parameter.name.replace(/[<>]$/, "");
      const other = Object.hasOwn(otherNames, bare) ? otherNames[bare] : undefined;
      const member = findMatchingName(other ?? bare, members);
      if (member === undefined) return [];
      // A list of names for a map asks for these members of it: `properties=email,phone` of HubSpot.
      const isMap = typesOf(tools(response).schemaAt(shape.itemSchema, [member]) ?? {}).includes("object");
      const types = typesOf(tools(request).schemaAt(request.convert(parameter.schema), []) ?? {});
      if (isMap && types.includes("array")) return [];
      const isFrom = other !== undefined || parameter.name.endsWith(">");
      return [{ parameter, member, operator: isFrom ? "gte" : parameter.name.endsWith("<") ? "lte" : undefined }];
    });
  };
  const filtersOf = (operation: DocumentOperation, shape: ListShape | PageShape) => {
    const filters = cache.get(operation) ?? find(operation, shape);
    cache.set(operation, filters);
    return filters;
  };

  return {
    parametersOf: (operation, shape) => filtersOf(operation, shape).map(({ parameter }) => parameter.name),
    defaultsOf: (operation, shape) => {
      const view = operation.schemas.response;
      const defaults = filtersOf(operation, shape).flatMap(({ parameter, member, operator }) => {
        const { default: value } = rawSchema(parameter);
        if (value === undefined || typeof value === "object" || operator !== undefined) return [];
        if (isEverything(parameter, value)) return [];
        const schema = tools(view).schemaAt(shape.itemSchema, [member]);
        return schema === undefined || view.validate(value, schema).length > 0 ? [] : [[member, value] as const];
      });
      return Object.fromEntries(defaults);
    },
    apply: ({ operation, shape, items }, { query, body }) => {
      const filters = filtersOf(operation, shape).flatMap(({ parameter, member, operator }) => {
        const sent = query[parameter.name];
        const value = sent ?? (operator === undefined ? rawSchema(parameter).default : undefined);
        if (value === undefined || isEverything(parameter, value)) return [];
        const expected = operator === undefined ? value : { [operator]: value };
        return [{ member, expected, isSent: sent !== undefined, isRequired: parameter.required }];
      });
      const matches = ({ item, isSample }: ListItem) =>
        filters.every(({ member, expected, isSent, isRequired }) => {
          // What a list requires says whose it is: samples belong to whom the request names.
          if (isSample && isRequired) return true;
          const value = isObject(item) ? item[member] : undefined;
          // An item without the member is not left out by a default that nobody sent.
          return (!isSent && value === undefined) || matchesValue(value, expected);
        });
      return items.filter((one) => matchesSearch(one.item, body) && matches(one)).map(({ item }) => item);
    },
  };
}

/** The parameter for the page before, of lists whose cursors are items. */
function positionBackwards({ pagination }: PageShape): string | undefined {
  return pagination.kind === "cursor" ? pagination.opposite : undefined;
}
