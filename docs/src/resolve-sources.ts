// Sources import each other as `./name.js`, the name after the build. The build of the site runs them as they are: `./name.ts`.
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.{1,2}\/.*\.js$/.test(specifier) || !context.parentURL?.endsWith(".ts")) return next(specifier, context);
    const source = new URL(specifier.replace(/\.js$/, ".ts"), context.parentURL);
    return next(existsSync(fileURLToPath(source)) ? source.href : specifier, context);
  },
});
