export {
  type ResponseCheck,
  type ResponseChecksOptions,
  responseChecks,
  type VerifiesDeliveries,
} from "./response-checks.js";
export {
  type ResponseCall,
  type ResponseSource,
  responseProblems,
  type Unconfirmed,
  type VendorDelivery,
  type VendorError,
  type VendorPages,
  type VendorResponse,
  type VendorResponses,
} from "./vendor-responses.js";
