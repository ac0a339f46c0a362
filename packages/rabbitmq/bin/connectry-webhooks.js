#!/usr/bin/env node
// Committed, unlike dist, so that a package manager can link the command before the first build.
import { replayCommand } from "../dist/index.js";

process.exitCode = await replayCommand(process.argv.slice(2), () => import("rabbitmq-client"));
