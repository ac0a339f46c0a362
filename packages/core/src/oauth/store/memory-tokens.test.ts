import { fakeClock } from "@connectry/testing";
import { describe } from "vitest";
import { tokenStoreContract } from "../../../test/oauth/token-store-contract.js";
import { memoryTokens } from "./memory-tokens.js";

describe("tokens in memory", () => {
  tokenStoreContract(async () => {
    const clock = fakeClock();
    return { store: memoryTokens({ clock }), pass: (ms) => clock.advance(ms) };
  });
});
