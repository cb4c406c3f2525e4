//! The gate: whatever an input says, its cost grows with its bytes. `cargo xtask bench bounded` measures this alone.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::PAGE;
use crate::process::{cargo, record};
use crate::workspace::Workspace;

/// Where the section begins; it is the last one of the page.
const TITLE: &str = "## Worst inputs";

const METHOD: &str = "\
For every operation, the input that was found to take the most time per byte: many units, equal names, partners, mistakes. The
sizes are those of a run of a few minutes, or the largest that are allowed. *Memory* is the most that was allocated at one time,
in bytes. Each time is the best of five, less what the program waited for others. *Times as long* compares with an eighth of the
input: eight times the bytes may take twelve times as long, and a row that takes longer is marked. Caches hold the smaller
input and not the larger one, so a mark is a reason to look and no proof. Eight times the bytes may allocate and write nine times
as many; else `cargo xtask bench` fails, as do the tests on smaller inputs. The inputs are in `checks/src/worst/`. This section
is written by `cargo xtask bench bounded`, too, which measures nothing else.
";

/// Measures the worst inputs, and gives the section; fails where the cost grows too fast.
pub(super) fn section(workspace: &Workspace) -> Result<String> {
    let mut bounded = cargo(workspace.root());
    bounded.args(["run", "--release", "--package", "alms-checks", "--example", "bounded"]);
    let table = record(&mut bounded)?;
    Ok(format!("\n{TITLE}\n\n{METHOD}\n{}\n", table.trim()))
}

/// Measures the worst inputs alone, and writes their section of the page anew.
pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let section = section(workspace)?;
    let path = workspace.root().join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    write(&path, &(before(&page).trim_end().to_owned() + "\n" + &section))?;
    println!("written  {PAGE}");
    Ok(())
}

/// The page without the section.
fn before(page: &str) -> &str {
    page.split_once(TITLE).map_or(page, |(before, _)| before)
}

fn write(path: &Path, page: &str) -> Result<()> {
    fs::write(path, page).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_takes_the_place_of_the_one_before() {
        assert_eq!(before("# Page\n\n## Worst inputs\n\nold\n").trim_end(), "# Page");
        assert_eq!(before("# Page\n"), "# Page\n");
    }
}
