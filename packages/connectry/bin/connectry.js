#!/usr/bin/env node
// Committed, unlike dist, so that a package manager can link the command before the first build.
import { main } from "../dist/index.js";

process.exitCode = await main(process.argv.slice(2));
