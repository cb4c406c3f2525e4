/** The page's side of the worker: a question is a promise of its answer. */
import type { OperationName, Operations } from "alms";

import type { Answer, Ask, Problem, Progress, QuestionName, Questions, Reply } from "./protocol.ts";

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (problem: Refused) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** A refusal of the rules, or a fault of the input. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

const worker = new Worker(new URL("worker.ts", import.meta.url), { type: "module" });
const waiting = new Map<number, Waiting>();
let last = 0;
/** Why no question can be answered any more. */
let broken: Problem | null = null;

worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
  const asked = waiting.get(data.id);
  if (asked === undefined) return;
  if ("progress" in data) return asked.onProgress?.(data.progress);
  waiting.delete(data.id);
  if ("error" in data) asked.reject(new Refused(data.error));
  else asked.resolve(data.output);
});

worker.addEventListener("error", ({ message }) => {
  broken = {
    code: "worker",
    rule: null,
    path: "",
    message: message || "the calculator could not be loaded; load the page again",
  };
  for (const { reject } of waiting.values()) reject(new Refused(broken));
  waiting.clear();
});

export function ask<Name extends QuestionName>(
  name: Name,
  input: Questions[Name]["in"],
  onProgress?: (progress: Progress) => void,
): Promise<Questions[Name]["out"]> {
  const id = (last += 1);
  const question: Ask<Name> = { id, name, input };
  if (broken !== null) return Promise.reject(new Refused(broken));
  return new Promise((resolve, reject) => {
    // The worker answers question `id` with what `Questions` says about `name`.
    waiting.set(id, { resolve: (output) => resolve(output as Questions[Name]["out"]), reject, onProgress });
    worker.postMessage(question);
  });
}

/** Runs an operation of the library. */
export function call<Op extends OperationName>(op: Op, input: Operations[Op]["input"]): Promise<Answer<Op>> {
  return ask("call", { op, input }) as Promise<Answer<Op>>;
}
