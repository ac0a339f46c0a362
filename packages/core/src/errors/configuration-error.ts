import { ConnectryError } from "./connectry-error.js";

/** A mistake in options or parameters, found before anything was sent. */
export class ConfigurationError extends ConnectryError {
  static override readonly kind: string = "ConfigurationError";
  declare readonly name: "ConfigurationError";
}
