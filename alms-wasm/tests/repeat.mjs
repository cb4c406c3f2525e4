/**
 * Repeats calls: a line of JSON each on standard input, with the answer of Rust; `cargo xtask campaign differential`.
 *
 * Prints those that are answered otherwise, and at last how many there were and how many of them differ.
 */
import { createInterface } from "node:readline";

import { AlmsError, callJson } from "alms";

function answer(op, text) {
  try {
    return callJson(op, text);
  } catch (error) {
    if (error instanceof AlmsError) return JSON.stringify(error);
    throw error;
  }
}

let repeated = 0;
let differing = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { op, input, output } = JSON.parse(line);
  const found = answer(op, input);
  repeated += 1;
  if (found !== output) {
    differing += 1;
    if (differing <= 5) console.log(`${op} ${input}\n  Rust: ${output}\n  Node: ${found}`);
  }
}
console.log(`${repeated} ${differing}`);
