//! A source with all its mutants in it, each behind a question: `crate::mutant::is(17)`.
//!
//! Every mutant is text around a range of the source: `a < b` becomes `(if is(17) { (a) <= (b) } else { a < b })`. What is
//! inside of the range keeps its own mutants, in the last branch only, so that the text grows with the depth and not with
//! its power.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context as _, Result};
use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use crate::list::{Genre, Mutant};

/// A rewritten source.
#[derive(Debug, Default)]
pub(crate) struct Rewritten {
    pub(crate) text: String,
    /// The bytes of the text that are there for one mutant, by its number.
    pub(crate) owners: Vec<(Range<usize>, usize)>,
}

/// Text before and after a range of the source.
#[derive(Debug, Default)]
struct Edit {
    before: Vec<(String, Option<usize>)>,
    /// Between the last of these and the source.
    otherwise: &'static str,
    after: &'static str,
}

/// The edits by range: what begins earlier first, and of those the longest; then what is outside, the function's body.
type Edits = BTreeMap<(usize, std::cmp::Reverse<usize>, u8), Edit>;

/// Puts the mutants into their source; `mutants` are numbers and mutants of this file.
pub(crate) fn rewrite(source: &str, mutants: &[(usize, &Mutant)]) -> Result<Rewritten> {
    let mut sites = Sites::default();
    sites.visit_file(&syn::parse_file(source)?);
    let mut edits = Edits::new();
    for (number, mutant) in mutants {
        add(&mut edits, source, &sites, *number, mutant)
            .with_context(|| format!("no place in the source for: {}", mutant.name))?;
    }
    Ok(render(source, edits))
}

/// The places of the source that mutants speak of, by the byte at which their span starts.
#[derive(Debug, Default)]
struct Sites {
    binary: BTreeMap<usize, Binary>,
    unary: BTreeMap<usize, (Range<usize>, Range<usize>)>,
    arms: BTreeMap<usize, Arm>,
    fields: BTreeMap<usize, Field>,
}

#[derive(Debug)]
struct Binary {
    whole: Range<usize>,
    left: Range<usize>,
    right: Range<usize>,
}

#[derive(Debug)]
struct Arm {
    pattern: Range<usize>,
    guard: Option<Range<usize>>,
}

#[derive(Debug)]
struct Field {
    name: String,
    value: Range<usize>,
    is_shorthand: bool,
    structure: Range<usize>,
    base: Range<usize>,
}

impl<'ast> Visit<'ast> for Sites {
    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        let site = Binary {
            whole: bytes(node.span()),
            left: bytes(node.left.span()),
            right: bytes(node.right.span()),
        };
        self.binary.insert(bytes(node.op.span()).start, site);
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        self.unary.insert(bytes(node.op.span()).start, (bytes(node.span()), bytes(node.expr.span())));
        visit::visit_expr_unary(self, node);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        let guard = match &node.pat {
            syn::Pat::Guard(guarded) => Some(bytes(guarded.guard.span())),
            _ => None,
        };
        self.arms.insert(bytes(node.span()).start, Arm { pattern: bytes(node.pat.span()), guard });
        visit::visit_arm(self, node);
    }

    fn visit_expr_struct(&mut self, node: &'ast syn::ExprStruct) {
        for field in node.rest.iter().flat_map(|base| node.fields.iter().map(move |field| (base, field))) {
            let (base, field) = field;
            let syn::Member::Named(name) = &field.member else { continue };
            let site = Field {
                name: name.to_string(),
                value: bytes(field.expr.span()),
                is_shorthand: field.colon_token.is_none(),
                structure: bytes(node.path.span()),
                base: bytes(base.span()),
            };
            self.fields.insert(bytes(field.span()).start, site);
        }
        visit::visit_expr_struct(self, node);
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.byte_range()
}

fn add(edits: &mut Edits, source: &str, sites: &Sites, number: usize, mutant: &Mutant) -> Option<()> {
    let start = mutant.span.start.offset(source)?;
    let end = mutant.span.end.offset(source)?;
    let text = |range: &Range<usize>| source.get(range.clone());
    let is = format!("crate::mutant::is({number})");
    match mutant.genre {
        Genre::FnValue => {
            let edit = edits.entry(key(&(start..end), 0)).or_default();
            edit.before.push((format!("if {is} {{ return {}; }} ", mutant.replacement), Some(number)));
        }
        Genre::BinaryOperator => {
            let site = sites.binary.get(&start)?;
            let (left, right) = (text(&site.left)?, text(&site.right)?);
            instead(edits, &site.whole, number, &format!("({left}) {} ({right})", mutant.replacement));
        }
        Genre::UnaryOperator => {
            let (whole, operand) = sites.unary.get(&start)?;
            instead(edits, whole, number, &format!("({})", text(operand)?));
        }
        Genre::MatchArmGuard => instead(edits, &(start..end), number, &mutant.replacement),
        Genre::MatchArm => {
            let site = sites.arms.get(&start)?;
            if let Some(guard) = &site.guard {
                let edit = edits.entry(key(guard, 1)).or_default();
                edit.before.push((format!("!{is} && ("), Some(number)));
                edit.after = ")";
            } else {
                let end_of_pattern = site.pattern.end;
                let edit = edits.entry(key(&(end_of_pattern..end_of_pattern), 1)).or_default();
                edit.before.push((format!(" if !{is}"), Some(number)));
            }
        }
        Genre::StructField => {
            let site = sites.fields.get(&start)?;
            let (structure, base) = (text(&site.structure)?, text(&site.base)?);
            let value = format!("{{ let base: {structure} = {base}; base.{} }}", site.name);
            if site.is_shorthand {
                let edit = edits.entry(key(&site.value, 1)).or_default();
                edit.before.push((format!("{}: ", site.name), None));
            }
            instead(edits, &site.value, number, &value);
        }
    }
    Some(())
}

fn key(range: &Range<usize>, depth: u8) -> (usize, std::cmp::Reverse<usize>, u8) {
    (range.start, std::cmp::Reverse(range.end), depth)
}

/// Another expression instead of the one at the range.
fn instead(edits: &mut Edits, range: &Range<usize>, number: usize, expression: &str) {
    let edit = edits.entry(key(range, 2)).or_default();
    let opening = if edit.before.is_empty() { "(" } else { " else " };
    edit.before.push((format!("{opening}if crate::mutant::is({number}) {{ {expression} }}"), Some(number)));
    edit.otherwise = " else { ";
    edit.after = " })";
}

fn render(source: &str, edits: Edits) -> Rewritten {
    let mut out = Rewritten::default();
    let mut position = 0;
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    let copy_to = |out: &mut Rewritten, position: &mut usize, to: usize| {
        out.text.push_str(&source[*position..to]);
        *position = to;
    };
    for ((start, std::cmp::Reverse(end), _), edit) in edits {
        while let Some((end, after)) = open.pop_if(|(end, _)| *end <= start) {
            copy_to(&mut out, &mut position, end);
            out.text.push_str(after);
        }
        copy_to(&mut out, &mut position, start);
        for (text, owner) in edit.before {
            let from = out.text.len();
            out.text.push_str(&text);
            out.owners.extend(owner.map(|owner| (from..out.text.len(), owner)));
        }
        out.text.push_str(edit.otherwise);
        open.push((end, edit.after));
    }
    while let Some((end, after)) = open.pop() {
        copy_to(&mut out, &mut position, end);
        out.text.push_str(after);
    }
    copy_to(&mut out, &mut position, source.len());
    out
}
