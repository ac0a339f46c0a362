export { type SignableRequest, type SigningOptions, type SignRequest, signed } from "./signed.js";
