//! Programs that do the same work, as criterion measured them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Programs that do the same work on several sizes of input.
pub(super) struct Comparison {
    /// The group of benchmarks.
    group: &'static str,
    /// What a row is, and what a nanosecond is per.
    about: &'static str,
    /// The inputs.
    rows: &'static [&'static str],
    /// The program that the others are measured against.
    floor: &'static str,
    /// The others.
    programs: &'static [&'static str],
}

/// Everything that is measured.
pub(super) const COMPARISONS: [Comparison; 5] = [
    Comparison {
        group: "migration",
        about: "A plan of one account, per system (`fleet`: accounts of 1 to 500 systems)",
        rows: &["1", "10", "100", "500", "fleet"],
        floor: "plain_chrono_loop",
        programs: &["plan", "call_json"],
    },
    Comparison {
        group: "ledger",
        about: "The token stock, per booking, by the number of bookings",
        rows: &["10000", "100000", "1000000"],
        floor: "plain_map",
        programs: &["book", "preview", "replay_json"],
    },
    Comparison {
        group: "customers",
        about: "The reseller's Customers page, per system, by the number of systems (250 to a customer)",
        rows: &["50000", "500000"],
        floor: "plain_pass",
        programs: &["page", "filtered_and_sorted"],
    },
    Comparison {
        group: "columns",
        about: "Whole fleets, per system, by the number of systems",
        rows: &["1000000", "10000000"],
        floor: "floor",
        programs: &["best", "portable", "two_threads", "group_sorted", "group_shuffled", "best_shuffled"],
    },
    Comparison {
        group: "columns_by_size",
        about: "Whole fleets, per system: does it stay linear? Up to 10^6 systems, of 19 bytes each, a third-level cache of 32 MB holds all columns; beyond, the floor rises as well",
        rows: &SIZES,
        floor: "floor",
        programs: &["best"],
    },
];

/// The sizes of fleets.
pub(super) const SIZES: [&str; 5] = ["10000", "100000", "1000000", "10000000", "100000000"];

impl Comparison {
    /// A row per input that was measured: nanoseconds, and how many times those of the floor.
    pub(super) fn table(&self, measured: &Path) -> Result<String> {
        let columns = self.programs.iter().map(|program| format!(" `{program}` | ratio |"));
        let mut text = format!("\n{}, in nanoseconds:\n\n", self.about);
        text += &format!("| {} | `{}` |{}\n", self.group, self.floor, columns.collect::<String>());
        text += &format!("|---|--:|{}\n", "--:|--:|".repeat(self.programs.len()));
        let rows: Vec<String> = self.rows.iter().filter_map(|row| self.row(measured, row).ok()).collect();
        if rows.is_empty() {
            anyhow::bail!("nothing of {} was measured", self.group);
        }
        Ok(text + &rows.concat())
    }

    fn row(&self, measured: &Path, row: &str) -> Result<String> {
        let time = |program: &str| per_element(measured, self.group, program, row);
        let floor = time(self.floor)?;
        let mut text = format!("| {row} | {floor:.2} |");
        for program in self.programs {
            let time = time(program)?;
            text += &format!(" {time:.2} | {:.2} |", time / floor);
        }
        Ok(text + "\n")
    }
}

/// The best sample of a benchmark in nanoseconds, divided by the number of things it went over. A machine that others share
/// makes samples longer, some of them by half, and never shorter.
pub(super) fn per_element(measured: &Path, group: &str, program: &str, row: &str) -> Result<f64> {
    let folder = measured.join(group).join(program).join(row).join("new");
    let sample = read(&folder.join("sample.json"))?;
    let numbers = |name: &str| -> Vec<f64> {
        let list = sample.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_f64).collect()
    };
    let times = numbers("times").into_iter().zip(numbers("iters")).map(|(time, runs)| time / runs);
    let best = times.reduce(f64::min).context("a benchmark without samples")?;
    let benchmark = read(&folder.join("benchmark.json"))?;
    let elements = benchmark.pointer("/throughput/Elements").and_then(Value::as_f64);
    Ok(best / elements.context("a benchmark that does not say what it goes over")?)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} was not measured", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Writes a sample for [`per_element`] to read: of one thing, in so many nanoseconds.
#[cfg(test)]
pub(super) fn write_sample(measured: &Path, group: &str, program: &str, row: &str, time: u32) {
    let folder = measured.join(group).join(program).join(row).join("new");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("sample.json"), format!(r#"{{"iters":[1.0],"times":[{time}.0]}}"#)).unwrap();
    fs::write(folder.join("benchmark.json"), r#"{"throughput":{"Elements":1}}"#).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sample_counts_for_each_thing() {
        let measured = std::env::temp_dir().join(format!("alms-measured-{}", std::process::id()));
        let folder = measured.join("columns/best/10/new");
        fs::create_dir_all(&folder).unwrap();
        let sample = r#"{"sampling_mode":"Linear","iters":[1.0,2.0,3.0],"times":[500.0,800.0,1500.0]}"#;
        fs::write(folder.join("sample.json"), sample).unwrap();
        fs::write(folder.join("benchmark.json"), r#"{"throughput":{"Elements":10}}"#).unwrap();
        let best = per_element(&measured, "columns", "best", "10");
        assert!(per_element(&measured, "columns", "best", "11").is_err());
        fs::remove_dir_all(&measured).unwrap();
        assert_eq!(best.unwrap().to_string(), "40");
    }
}
