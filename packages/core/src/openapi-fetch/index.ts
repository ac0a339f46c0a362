export { type OpenapiClientOptions, openapiClient } from "./openapi-client.js";
