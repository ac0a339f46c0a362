export { type FromFileOptions, fromFile } from "./from-file.js";
export { type LoadSecret, type SecretOptions, secret } from "./secret.js";
