// Stages the patch of an update, and writes the description of its pull request: `node scripts/stage-update.ts PATCH BODY`.
// Uses nothing that has to be installed, and runs without a token.
import { lstatSync, writeFileSync } from "node:fs";
import { describeUpdate } from "./update-specs/describe-update.ts";
import { readBlob, stageUpdate } from "./update-specs/stage-update.ts";

const maxPatchBytes = 32 * 1024 * 1024;
const [patch, body] = process.argv.slice(2);
if (patch === undefined || body === undefined) throw new Error("Usage: node scripts/stage-update.ts PATCH BODY");
const stats = lstatSync(patch);
if (!stats.isFile() || stats.size > maxPatchBytes) throw new Error("The patch is not a file, or too large.");

const repository = process.cwd();
const changesets = stageUpdate(repository, patch).filter(({ path, isNew }) => isNew && path.startsWith(".changeset/"));
// "wx": a file that is there already was not written here.
writeFileSync(body, describeUpdate(changesets.map(({ blob }) => readBlob(repository, blob))), { flag: "wx" });
