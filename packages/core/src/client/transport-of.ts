import { defaultTransport } from "#default-transport";
import { fetchTransport } from "../transport/fetch-transport.js";
import type { Transport } from "../transport/transport.js";
import type { ConnectorOptions } from "./options.js";

/** The transport of a client with these options: the one that they name, or else the default of the platform. */
export const transportOf = ({ fetch, transport }: Pick<ConnectorOptions, "fetch" | "transport">): Transport =>
  transport ?? defaultTransport(fetchTransport(fetch), !!fetch);
