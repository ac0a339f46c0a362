import { loadPeer } from "@connectry/core/internal";
import { peer } from "./peer.js";

// MSW as this program has it. Handlers are made without waiting, and so the entry itself rejects where MSW is missing.
export const { HttpResponse, http } = await loadPeer(peer, () => import("msw"));
