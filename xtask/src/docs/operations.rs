//! The page of operations.

use alms_core::wire;

use super::GENERATED;

/// `docs/operations.md`.
pub(super) fn page() -> String {
    let mut page = format!(
        "{GENERATED}\n# Operations\n\n\
         Every operation takes one JSON document and returns one: `alms_core::wire::call(op, input)` in Rust,\n\
         `alms.call_json(op, input)` in Python, `callJson(op, input)` in JavaScript. Field names and limits stand in\n\
         the JSON Schemas; examples by the hundred in [`conformance/`](../conformance).\n\n\
         | operation | what it does | input | output |\n|---|---|---|---|\n"
    );
    for operation in wire::operations() {
        let name = operation.name;
        let schema = |direction: &str| format!("[schema](../alms-core/schema/{name}.{direction}.json)");
        page.push_str(&format!(
            "| `{name}` | {} | {} | {} |\n",
            operation.summary,
            schema("input"),
            schema("output")
        ));
    }
    page
}
