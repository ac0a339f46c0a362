import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where the repository is shown; links to files that have no page on the site lead there. */
export const repositoryUrl = "https://github.com/connectry/connectry";
