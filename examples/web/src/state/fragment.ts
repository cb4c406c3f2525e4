/**
 * The state of a tool in the address: `#migration?example=2&on=2023-05-15`. What stands behind `#` never leaves
 * the browser. Values that are the default are left out.
 */

export const TOOLS = ["migration", "runway", "renewal", "account"] as const;
export type ToolName = (typeof TOOLS)[number];

/** Texts by name: what the fields of a tool hold. */
export type Params = Readonly<Record<string, string>>;

export interface Place {
  readonly tool: ToolName;
  readonly params: Params;
}

export function parse(fragment: string): Place {
  const [name = "", query = ""] = fragment.replace(/^#/, "").split("?", 2);
  const tool = TOOLS.find((one) => one === name) ?? "migration";
  return { tool, params: Object.fromEntries(new URLSearchParams(query)) };
}

export function write(tool: ToolName, params: Params, defaults: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== (defaults[name] ?? "")) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? `#${tool}` : `#${tool}?${text}`;
}
