//! Panics that are left in a release build, by the place in the source that would panic.
//!
//! The WebAssembly module is the whole library after link-time optimisation, without what the linker found unused. Every
//! call of a function that panics is looked up in it; the place in the source is its last argument, a constant.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;

use anyhow::Result;
use walrus::ir::{Call, Const, Instr, InstrLocId, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, FunctionId, Module};

use super::Found;
use crate::wasm;
use crate::workspace::Workspace;

/// The packages of this workspace whose code must not panic.
const OURS: [&str; 2] = ["alms-core/", "alms-json/"];

pub(super) fn run(workspace: &Workspace) -> Result<Found> {
    let compiled = wasm::compile(workspace)?;
    let module = Module::from_buffer(&fs::read(compiled)?)?;
    let sites = sites(&module)?;
    let mut by_package: BTreeMap<&str, u64> = BTreeMap::new();
    for (place, function) in &sites {
        println!("{place}  {function}");
        let count = by_package.entry(package_of(place)).or_default();
        *count = count.saturating_add(1);
    }
    for (package, count) in &by_package {
        println!("{count:>5}  {package}");
    }
    let ours: BTreeSet<&str> =
        sites.iter().map(|(place, _)| place.as_str()).filter(|place| is_ours(place)).collect();
    let figure = format!(
        "{} places in the core that could panic, {} calls in all that is linked",
        ours.len(),
        sites.len()
    );
    Ok(Found::checked(ours.is_empty(), figure))
}

fn is_ours(place: &str) -> bool {
    OURS.iter().any(|ours| place.contains(ours))
}

/// Every place that may panic: where it is, and which function of the module it is in.
fn sites(module: &Module) -> Result<Vec<(String, String)>> {
    let panics: HashSet<FunctionId> = wasm::panics(module)?.into_iter().collect();
    let memory = Memory::of(module);
    let mut sites = Vec::new();
    for (id, function) in module.funcs.iter_local().filter(|(id, _)| !panics.contains(id)) {
        let mut calls = Calls { panics: &panics, last: None, found: Vec::new() };
        dfs_in_order(&mut calls, function, function.entry_block());
        let name = name_of(module, id);
        for (panic, argument) in calls.found {
            let place = argument.and_then(|address| memory.location(address));
            sites.push((place.unwrap_or_else(|| format!("? {}", name_of(module, panic))), name.clone()));
        }
    }
    sites.sort();
    sites.dedup();
    Ok(sites)
}

fn name_of(module: &Module, id: FunctionId) -> String {
    let name = module.funcs.get(id).name.as_deref().unwrap_or("a function without a name");
    format!("{:#}", rustc_demangle::demangle(name))
}

/// `chrono-0.4.45`, `library/core`, `alms-core`, or what stands there.
fn package_of(place: &str) -> &str {
    if place.starts_with("? alloc") || place.starts_with("? std::alloc") {
        return "no memory is left";
    }
    if place.starts_with('?') {
        return "a place that is no constant";
    }
    let parts: Vec<&str> = place.split('/').collect();
    let source = parts.iter().rposition(|part| *part == "src").unwrap_or_default();
    source.checked_sub(1).and_then(|package| parts.get(package)).copied().unwrap_or(place)
}

/// The calls of functions that panic, each with the constant that was put on the stack just before.
struct Calls<'a> {
    panics: &'a HashSet<FunctionId>,
    last: Option<u32>,
    found: Vec<(FunctionId, Option<u32>)>,
}

impl<'instr> Visitor<'instr> for Calls<'_> {
    fn visit_instr(&mut self, instruction: &'instr Instr, _: &'instr InstrLocId) {
        self.last = match instruction {
            Instr::Const(Const { value: Value::I32(value) }) => Some(value.cast_unsigned()),
            Instr::Call(Call { func }) if self.panics.contains(func) => {
                self.found.push((*func, self.last));
                None
            }
            _ => None,
        };
    }
}

/// What stands in the memory from the start.
struct Memory(HashMap<u32, u8>);

impl Memory {
    fn of(module: &Module) -> Self {
        let mut memory = HashMap::new();
        for data in module.data.iter() {
            let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else {
                continue;
            };
            memory.extend((start.cast_unsigned()..).zip(data.value.iter().copied()));
        }
        Self(memory)
    }

    fn number(&self, address: u32) -> Option<u32> {
        let byte = |index| self.0.get(&address.checked_add(index)?).copied();
        Some(u32::from_le_bytes([byte(0)?, byte(1)?, byte(2)?, byte(3)?]))
    }

    /// `core::panic::Location`: the file's name and its length, line and column.
    fn location(&self, address: u32) -> Option<String> {
        let field = |index: u32| self.number(address.checked_add(index)?);
        let (name, length, line, column) = (field(0)?, field(4)?, field(8)?, field(12)?);
        let end = name.checked_add(length.min(1000))?;
        let name: Option<Vec<u8>> = (name..end).map(|address| self.0.get(&address).copied()).collect();
        let name = String::from_utf8(name?).ok().filter(|name| name.ends_with(".rs"))?;
        Some(format!("{name}:{line}:{column}"))
    }
}
