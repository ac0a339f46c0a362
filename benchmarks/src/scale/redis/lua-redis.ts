import { createHash } from "node:crypto";
import { Lua, type LuaApi } from "wasmoon-lua5.1";
import { commandsInLua } from "./commands.ts";

/** A message that a script published. */
export interface Published {
  readonly channel: string;
  readonly message: string;
}

/** A Redis without a network, whose time is passed in. It executes the scripts that it receives, by Lua 5.1. */
export interface LuaRedis {
  /** Executes a command at a time in microseconds, and returns its reply in RESP2. */
  execute(command: readonly string[], atUs: number): string;
  /** What was published since it was last asked. */
  takePublished(): readonly Published[];
  /** How many keys exist at the time of the last command, and the bytes of their names and values. */
  sizes(): { readonly keys: number; readonly bytes: number };
  close(): void;
}

const returnsOne = 1;
const separator = "\u0001";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

/** Creates one. Values are ASCII, as those of our scripts are. */
export async function luaRedis(): Promise<LuaRedis> {
  const lua = await Lua.create();
  lua.doStringSync(commandsInLua);
  const api: LuaApi = lua.luaApi;
  const state = lua.global.address;

  const call = (args: number): string => {
    if (api.lua_pcall(state, args, returnsOne, 0) !== 0) {
      const problem = api.lua_tolstring(state, -1, null);
      api.lua_settop(state, 0);
      throw new Error(`the simulated Redis failed: ${problem}`);
    }
    const text = api.lua_tolstring(state, -1, null);
    api.lua_settop(state, 0);
    return text;
  };

  return {
    execute(command, atUs) {
      const [name, source = ""] = command;
      api.lua_getglobal(state, "execute");
      api.lua_pushstring(state, `${command.join(separator)}${separator}`);
      api.lua_pushstring(state, name === "EVAL" ? sha1(source) : "");
      api.lua_pushnumber(state, atUs);
      return call(3);
    },
    takePublished() {
      api.lua_getglobal(state, "take_published");
      const text = call(0);
      if (text === "") return [];
      return text.split("\r").map((one) => {
        const end = one.indexOf("\n");
        return { channel: one.slice(0, end), message: one.slice(end + 1) };
      });
    },
    sizes() {
      api.lua_getglobal(state, "sizes");
      const [keys = 0, bytes = 0] = call(0).split(" ").map(Number);
      return { keys, bytes };
    },
    close: () => lua.global.close(),
  };
}
