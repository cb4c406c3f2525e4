// Compiled by types.test.mjs, never run.
import { AlmsError, call, callJson, init, operations, type Json, type JsonSchema, type Operation } from "alms";

await init();
await init(new Uint8Array(8));

const text: string = callJson("calendar.add_months", '{"date":"2023-01-31","months":1}');
const output: { readonly [field: string]: Json } = call("calendar.add_months", { date: "2023-01-31", months: 1 });
const operation: Operation | undefined = operations()["calendar.add_months"];
const schema: JsonSchema | undefined = operation?.input;

try {
  callJson("", "");
} catch (error) {
  if (error instanceof AlmsError) {
    const code: string = error.code;
    const rule: string | null = error.rule;
    const where: string = error.path + error.message + error.toJSON().code;
    const context: Json | undefined = error.context["balance"];
    void [code, rule, where, context];
  }
}

// @ts-expect-error a document is an object
call("calendar.add_months", "{}");
// @ts-expect-error a text is a string
callJson("calendar.add_months", { date: "2023-01-31", months: 1 });
// @ts-expect-error what comes out is not `any`
const wrong: number = output;

void [text, schema, wrong];
