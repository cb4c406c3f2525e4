//! The JSON Schemas, from the types that read and write the documents.

use std::collections::BTreeMap;
use std::path::PathBuf;

use alms_core::wire::schema;
use anyhow::Result;

/// `alms-core/schema/<operation>.<direction>.json` for every operation; the core carries these files.
pub(super) fn files() -> Result<BTreeMap<PathBuf, String>> {
    let mut files = BTreeMap::new();
    for schemas in schema::all() {
        for (direction, schema) in [("input", &schemas.input), ("output", &schemas.output)] {
            let path = format!("alms-core/schema/{}.{direction}.json", schemas.operation);
            files.insert(path.into(), format!("{}\n", serde_json::to_string_pretty(schema)?));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alms_core::wire;

    #[test]
    fn every_operation_has_its_schemas() {
        let with_schemas: Vec<_> = schema::all().iter().map(|schemas| schemas.operation).collect();
        let operations: Vec<_> = wire::operations().iter().map(|operation| operation.name).collect();
        assert_eq!(with_schemas, operations);
    }
}
