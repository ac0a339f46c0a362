// The one file that knows openapi-typescript. Its own entry point also lints and bundles the document, which the
// loader has done: two thirds of its time. So the parts that make the types are called one by one.
import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  stringToAST,
  transformSchema,
} from "openapi-typescript";
import ts from "typescript";
import { fieldOf, type JsonObject } from "../document/json.js";
import { FILE_MARK } from "./clean-upload.js";
import { escapeDisguises } from "./document-text.js";
import { fromPrintableKeys } from "./printable-key.js";

/** What a file can be given as. */
const FILE = "Blob | Uint8Array | string";

// openapi-typescript's own helper demands that the keys are keys of T, which a nullable T has none of (TS2344, Plaid's
// document). Spread over the union, each object in it gets its required keys, and null stays null.
const WITH_REQUIRED =
  "type WithRequired<T, K extends PropertyKey> = T extends object ? T & { [P in K & keyof T]-?: T[P] } : T;";

/** Types of everything in a cleaned document: `paths`, `webhooks`, `components`, `operations`. */
export function writeSchemaTypes(document: JsonObject): string {
  // scanDiscriminators writes into the document that it is given: the copy is ours.
  const schema = document as unknown as OpenAPI3;
  const context: GlobalContext = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default says what is assumed of an absent property, not that it is there: most request schemas have some.
    defaultNonNullable: false,
    discriminators: scanDiscriminators(schema, { silent: true }),
    // `{}` allows anything; without this it would become an object that allows nothing.
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
    transform: (node) => (fieldOf(node, FILE_MARK) === true ? fileType() : undefined),
    transformProperty: undefined,
  };
  const nodes = transformSchema(schema, context).map((node) =>
    isWithRequired(node) ? parseStatement(WITH_REQUIRED) : node,
  );
  return escapeDisguises(fromPrintableKeys(astToString(nodes)));
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
