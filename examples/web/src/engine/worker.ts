/** The worker: holds the account and its plan, computes, and answers one question after the other. */
import { AlmsError, call, init } from "alms";
import type { OperationName, Operations } from "alms";

import { Account } from "./account.ts";
import { correct } from "./csv.ts";
import type { Ask, Problem, Progress, QuestionName, Questions, Reply } from "./protocol.ts";

type Handlers = {
  readonly [Name in QuestionName]: (
    input: Questions[Name]["in"],
    onProgress: (progress: Progress) => void,
  ) => Questions[Name]["out"] | Promise<Questions[Name]["out"]>;
};

const account = new Account();

const handlers: Handlers = {
  read: ({ file, dates }, onProgress) => account.read(file, dates, onProgress),
  correct: async ({ file, corrections }) => new Blob([correct(await file.text(), corrections)]),
  plan: ({ account: fields, scenario, view }, onProgress) => account.plan(fields, scenario, view, onProgress),
  page: ({ view }) => account.page(view),
  explain: ({ serial }) => account.explain(serial),
  compare: (input, onProgress) => account.compare(input, onProgress),
  download: ({ kind }) => account.download(kind),
  fleet: () => account.fleet(),
  // The page's `call` has checked that the input fits the operation.
  call: ({ op, input }) => call(op, input as Operations[OperationName]["input"]),
};

const ready = init();
/** Questions are answered in their order: a plan sees the file that was read before it. */
let queue: Promise<void> = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  queue = queue.then(() => answer(data));
});

async function answer<Name extends QuestionName>({ id, name, input }: Ask<Name>): Promise<void> {
  try {
    await ready;
    const handler: Handlers[Name] = handlers[name];
    reply({ id, output: await handler(input, (progress) => reply({ id, progress })) });
  } catch (error) {
    reply({ id, error: problemOf(error) });
  }
}

function reply(message: Reply): void {
  self.postMessage(message);
}

function problemOf(error: unknown): Problem {
  if (error instanceof AlmsError) {
    return { code: error.code, rule: error.rule, path: error.path, message: error.message };
  }
  return { code: "fault", rule: null, path: "", message: error instanceof Error ? error.message : String(error) };
}
