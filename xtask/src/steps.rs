//! Steps beside one another: each is a process of its own, whose output is printed when it ends.

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::counts::Counts;
use crate::summary::{self, Outcome};
use crate::workspace::Workspace;

/// A step of `cargo xtask test`.
pub(crate) struct Step {
    /// Its name.
    pub(crate) name: &'static str,
    /// The steps that have to be done before it.
    pub(crate) after: &'static [&'static str],
    /// What it does.
    pub(crate) action: fn(&Workspace) -> Result<Counts>,
}

/// A step of this name, after others, that does this.
pub(crate) const fn step(
    name: &'static str,
    after: &'static [&'static str],
    action: fn(&Workspace) -> Result<Counts>,
) -> Step {
    Step { name, after, action }
}

/// Runs the steps of one list after the other. Once one has failed, none is started any more.
pub(crate) fn run_all(workspace: &Workspace, lists: &[&[Step]]) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for steps in lists {
        outcomes.extend(run_list(workspace, steps)?);
        if outcomes.iter().any(failed) {
            break;
        }
    }
    Ok(outcomes)
}

/// Runs the steps of a list, the first that may start whenever there is room.
fn run_list(workspace: &Workspace, steps: &[Step]) -> Result<Vec<Outcome>> {
    // One more than there are cores: most wait for something now and then.
    let room = thread::available_parallelism()?.get().saturating_add(1);
    let (sender, ended) = mpsc::channel();
    let mut waiting: Vec<&Step> = steps.iter().collect();
    let mut outcomes: Vec<Outcome> = Vec::new();
    thread::scope(|scope| -> Result<()> {
        let mut running = 0_usize;
        loop {
            let may_start = |step: &&Step| step.after.iter().all(|name| passed(&outcomes, name));
            while running < room && !outcomes.iter().any(failed) {
                let Some(position) = waiting.iter().position(may_start) else { break };
                let (step, sender) = (waiting.remove(position), sender.clone());
                println!("-- {} …", step.name);
                running = running.saturating_add(1);
                scope.spawn(move || sender.send(run_apart(workspace, step)));
            }
            if running == 0 {
                return Ok(());
            }
            let end = ended.recv()?;
            print(&end);
            outcomes.push(end.0);
            running = running.saturating_sub(1);
        }
    })?;
    outcomes.sort_by_key(|outcome| steps.iter().position(|step| step.name == outcome.step));
    Ok(outcomes)
}

/// Runs one step here, and prints its tests as the last line.
pub(crate) fn run_one(workspace: &Workspace, lists: &[&[Step]], name: &str) -> Result<Counts> {
    let steps = || lists.iter().copied().flatten();
    let names = || steps().map(|step| step.name).collect::<Vec<_>>().join(", ");
    let step = steps().find(|step| step.name == name);
    let step = step.with_context(|| format!("there is no step `{name}`; there are: {}", names()))?;
    let counts = (step.action)(workspace).unwrap_or_else(|error| {
        println!("error: {error:#}");
        Counts::ONE_FAILED
    });
    println!("{counts}");
    Ok(counts)
}

fn passed(outcomes: &[Outcome], name: &str) -> bool {
    outcomes.iter().any(|outcome| outcome.step == name && !failed(outcome))
}

fn failed(outcome: &Outcome) -> bool {
    outcome.counts.failed > 0
}

/// Runs a step in a process of its own; what came of it, and what it printed.
fn run_apart(workspace: &Workspace, step: &Step) -> (Outcome, String) {
    let start = Instant::now();
    let (succeeded, output) =
        output_of(workspace, step).unwrap_or_else(|error| (false, format!("{error:#}\n")));
    let (printed, counts) = split(succeeded, &output);
    let outcome =
        Outcome { step: step.name, counts, found: summary::tests_of(counts), time: start.elapsed() };
    (outcome, printed.to_owned())
}

/// Whether a step succeeded, and all that it printed: it is kept in a file, which can be read before the step ends.
fn output_of(workspace: &Workspace, step: &Step) -> Result<(bool, String)> {
    let folder = workspace.target().join("steps");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}.log", step.name));
    let file = File::create(&path)?;
    let mut apart = Command::new(std::env::current_exe()?);
    apart.args(["test", step.name]).current_dir(workspace.root()).stdin(Stdio::null());
    let status = apart.stdout(file.try_clone()?).stderr(file).status();
    let status = status.with_context(|| format!("cannot start the step `{}`", step.name))?;
    Ok((status.success(), String::from_utf8_lossy(&fs::read(&path)?).into_owned()))
}

/// What a step printed, and its tests, which are the last line. A step that ends without saying has failed.
fn split(succeeded: bool, output: &str) -> (&str, Counts) {
    let output = output.trim_end();
    let (printed, last) = output.rsplit_once('\n').unwrap_or(("", output));
    match last.parse::<Counts>() {
        Ok(counts) if succeeded == (counts.failed == 0) => (printed, counts),
        _ => (output, Counts::ONE_FAILED),
    }
}

fn print((outcome, printed): &(Outcome, String)) {
    let Outcome { step, counts, time, .. } = outcome;
    println!("\n== {step} ({:.1} s)\n{printed}", time.as_secs_f64());
    if counts.failed > 0 {
        println!("\n== failed: {step}");
    }
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::counts::Counts;

    #[test]
    fn the_last_line_has_the_tests() {
        assert_eq!(split(false, "a\nb\n3 passed, 1 failed\n"), ("a\nb", Counts { passed: 3, failed: 1 }));
        assert_eq!(split(true, "0 passed, 0 failed\n"), ("", Counts::default()));
    }

    #[test]
    fn a_step_that_does_not_say_has_failed() {
        for output in ["3 passed, 1 failed\nkilled", "3 passed, 0 failed", ""] {
            assert_eq!(split(false, output), (output, Counts::ONE_FAILED));
        }
        assert_eq!(split(true, "").1, Counts::ONE_FAILED);
    }
}
