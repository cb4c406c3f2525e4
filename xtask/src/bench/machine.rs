//! What the benchmarks ran on.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::process::ask;
use crate::python;
use crate::workspace::Workspace;

/// The processor, the memory, and the versions of what runs the programs, as a list.
pub(super) fn describe(workspace: &Workspace) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let memory =
        memory().map_or_else(|| "unknown".to_owned(), |bytes| format!("{} GB", bytes / 1_000_000_000));
    let processor = of_file("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let vectors = of_file("/proc/cpuinfo", "flags").map_or("", |flags| match () {
        () if flags.contains("avx512vl") => ", AVX-512",
        () if flags.contains("avx2") => ", AVX2",
        () => "",
    });
    let cache = fs::read_to_string("/sys/devices/system/cpu/cpu0/cache/index3/size").unwrap_or_default();
    let libraries = "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in \
                     ('numpy', 'pandas', 'polars', 'duckdb', 'pyarrow', 'python-dateutil')))";
    let interpreter = python::interpreter(&python::tools(workspace));
    Ok(format!(
        "- {processor}, {cores} cores{vectors}; third-level cache {}; memory {memory}\n- {}\n- {}; {libraries}\n- Node {}\n",
        cache.trim(),
        ask(Command::new("rustc").arg("--version"))?,
        ask(Command::new(&interpreter).arg("--version"))?,
        ask(Command::new("node").arg("--version"))?,
        libraries = ask(Command::new(&interpreter).args(["-c", libraries]))?,
    ))
}

/// The bytes of memory, where the system tells.
pub(super) fn memory() -> Option<u64> {
    let kilobytes = of_file("/proc/meminfo", "MemTotal")?;
    kilobytes.split(' ').next()?.parse::<u64>().ok()?.checked_mul(1024)
}

/// What stands behind a name in one of the kernel's files.
fn of_file(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let (_, value) =
        text.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}
