#!/usr/bin/env node
/** Runs the program with the arguments given; its exit code is this one's. */
import { spawnSync } from 'node:child_process';
import { program } from '../program.js';

try {
  const { status, error } = spawnSync(program(), process.argv.slice(2), { stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(`jisou: ${error.message}`);
  process.exitCode = 1;
}
