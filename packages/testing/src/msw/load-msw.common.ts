import { toPeerError } from "@connectry/core/internal";
import { peer } from "./peer.js";

// What load-msw.ts is in CommonJS, which cannot wait while a module is loaded.
function requireMsw(): typeof import("msw") {
  try {
    return require("msw");
  } catch (cause) {
    throw toPeerError(peer, cause);
  }
}

export const { HttpResponse, http } = requireMsw();
