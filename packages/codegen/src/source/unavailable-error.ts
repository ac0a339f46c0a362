import { CodegenError } from "../errors/codegen-error.js";

/** A document cannot be fetched: its server cannot be reached or does not have it. What arrives and is wrong is another error. */
export class UnavailableError extends CodegenError {}
