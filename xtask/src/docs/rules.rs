//! The page of rules.

use std::collections::BTreeMap;
use std::fs;

use alms_core::rule::{Citation, Document, RULEBOOK, RULES, Rule};
use anyhow::Result;
use serde_json::Value;

use super::{GENERATED, cell};
use crate::bless;
use crate::workspace::Workspace;

/// `docs/rules.md`.
pub(super) fn page(workspace: &Workspace) -> Result<String> {
    let vectors = vectors_by_rule(workspace)?;
    let mut page = format!(
        "{GENERATED}\n# Rules\n\n\
         Every rule of the rulebook (`{RULEBOOK}`) that the library implements. Results, errors and explanations\n\
         name rules by these ids, and the code of a rule is found by searching for its id.\n\n\
         *Source* means that a source document says it; *decision* that the sources are silent, contradict\n\
         themselves or lost the passage, and what was decided. The number of conformance vectors is that of the\n\
         cases in `conformance/` in which the rule has to have a part.\n\n\
         | source | document |\n|---|---|\n"
    );
    for document in Document::ALL {
        page.push_str(&format!("| {document} | {} |\n", document.title()));
    }
    let mut area = "";
    for rule in RULES {
        let (prefix, _) = rule.id.as_str().split_once('-').unwrap_or_default();
        if prefix != area {
            area = prefix;
            page.push_str(&format!("\n## {area}: {}\n\n", area_title(area)));
            page.push_str("| id | rule | status | source | vectors |\n|---|---|---|---|---|\n");
        }
        page.push_str(&row(rule, vectors.get(rule.id.as_str()).copied().unwrap_or_default()));
    }
    Ok(page)
}

fn row(rule: &Rule, vectors: usize) -> String {
    let citation = |citation: &Citation| format!("{}: {}", citation.document, cell(citation.section));
    let sources: Vec<String> = rule.citations.iter().map(citation).collect();
    let anchor = rule.id.as_str().to_lowercase();
    format!(
        "| <a id=\"{anchor}\"></a>{} | {} | {} | {} | {vectors} |\n",
        rule.id,
        cell(rule.statement),
        rule.status,
        sources.join("<br>")
    )
}

fn area_title(area: &str) -> &'static str {
    match area {
        "ACC" => "accounts",
        "TOK" => "the token stock",
        "MIG" => "legacy → avc migration",
        _ => "rules",
    }
}

/// How many vectors name each rule.
fn vectors_by_rule(workspace: &Workspace) -> Result<BTreeMap<String, usize>> {
    let mut counts = BTreeMap::new();
    for file in bless::vector_files(workspace)? {
        let topic: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        let vectors = topic.get("vectors").and_then(Value::as_array).into_iter().flatten();
        let rules =
            vectors.filter_map(|vector| vector.get("rules")?.as_array()).flatten().filter_map(Value::as_str);
        for rule in rules {
            let count: &mut usize = counts.entry(rule.to_owned()).or_default();
            *count = count.saturating_add(1);
        }
    }
    Ok(counts)
}
