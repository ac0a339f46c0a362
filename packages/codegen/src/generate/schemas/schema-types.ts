// Only this file and transforms/print-marks.ts import openapi-typescript. Its entry point also lints and bundles the document, which takes two
// thirds of its time and is already done. So the functions that generate the types are called one by one.
import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  stringToAST,
  transformSchema,
} from "openapi-typescript";
import ts from "typescript";
import { escapeControlCharacters } from "../../text/show-document-text.js";
import { fieldOf, type JsonObject } from "../document/json.js";
import { FILE_MARK } from "./clean-upload.js";
import { fromPrintableKeys } from "./printable-key.js";
import { nameSchemas } from "./transforms/name-schemas.js";
import { printMark } from "./transforms/print-marks.js";
import { type TypeFacts, transformSchemas } from "./transforms/transform-schemas.js";

/** The types that a file can be passed as. */
const FILE = 'Blob | Uint8Array | string | import("@connectry/core").Reopenable';

// openapi-typescript's own helper requires the keys to be keys of T, and a nullable T has none (TS2344, Plaid's
// document). This one distributes over the union: each object in it gets its required keys, and null stays null.
const WITH_REQUIRED =
  "type WithRequired<T, K extends PropertyKey> = T extends object ? T & { [P in K & keyof T]-?: T[P] } : T;";

/**
 * The types of a cleaned document: `paths`, `webhooks`, `components` and `operations`, and those of its schemas by name. What is sent
 * and received in which form follows from the profile.
 */
export function writeSchemaTypes(
  document: JsonObject,
  facts: TypeFacts = { int64: "string", unixDates: false },
): string {
  const schema = transformSchemas(document, facts) as unknown as OpenAPI3;
  const context: GlobalContext = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default is the value of an absent property and does not make it required: most request schemas have defaults.
    defaultNonNullable: false,
    // Resolved before (`transforms/discriminators.ts`).
    discriminators: { objects: {}, refsHandled: [] },
    // `{}` allows any value. Without this option it would become an object type that allows none.
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    inject: undefined,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    redoc: undefined as unknown as GlobalContext["redoc"],
    resolve: ($ref) => resolveRef(schema, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: (node) => (fieldOf(node, FILE_MARK) === true ? fileType() : printMark(node, context)),
    transformProperty: undefined,
  };
  const nodes = transformSchema(schema, context).map((node) =>
    isWithRequired(node) ? parseStatement(WITH_REQUIRED) : node,
  );
  return escapeControlCharacters(fromPrintableKeys(astToString(nameSchemas(nodes))));
}

function isWithRequired(node: ts.Node): boolean {
  return ts.isTypeAliasDeclaration(node) && node.name.text === "WithRequired";
}

function fileType(): ts.TypeNode {
  return (parseStatement(`type File = ${FILE};`) as ts.TypeAliasDeclaration).type;
}

function parseStatement(source: string): ts.Node {
  return stringToAST(source)[0] as ts.Node;
}
