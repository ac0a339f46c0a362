import { loadPeer } from "../errors/load-peer.js";

/**
 * The package `jose`, loaded with the first delivery.
 * @throws ConfigurationError where it is not installed, with the command that installs it.
 */
export const loadJose = () => loadPeer({ name: "jose", entry: "@connectry/core/jose" }, () => import("jose"));
