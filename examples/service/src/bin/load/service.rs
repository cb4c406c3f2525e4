//! The service as a process that can be killed.

use crate::client::Client;
use anyhow::{Context as _, Result, bail};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running service.
#[derive(Debug)]
pub(crate) struct Service {
    program: PathBuf,
    database: String,
    address: String,
    child: Child,
    recoveries: Vec<Duration>,
}

impl Service {
    pub(crate) fn start(program: &Path, database: &str) -> Result<Self> {
        let (child, address) = spawn(program, database, "127.0.0.1:0")?;
        let (program, database) = (program.to_owned(), database.to_owned());
        Ok(Self { program, database, address, child, recoveries: Vec::new() })
    }

    /// Such as `127.0.0.1:40321`.
    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    /// SIGKILL: no destructor runs, nothing is flushed.
    pub(crate) fn kill_and_restart(&mut self) -> Result<()> {
        self.child.kill().context("cannot kill the service")?;
        let status = self.child.wait()?;
        if status.success() {
            bail!("the service had ended before it was killed");
        }
        let start = Instant::now();
        (self.child, _) = spawn(&self.program, &self.database, &self.address)?;
        Client::new(&self.address).get("/health").context("the service does not come back")?;
        self.recoveries.push(start.elapsed());
        Ok(())
    }

    /// How many restarts there were, and how long they took until the service answered.
    pub(crate) fn recoveries(&self) -> String {
        let longest = self.recoveries.iter().max().copied().unwrap_or_default();
        let killed = self.recoveries.len();
        format!("{killed} after kill -9, answering again after {} ms at most", longest.as_millis())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn spawn(program: &Path, database: &str, listen: &str) -> Result<(Child, String)> {
    let mut command = Command::new(program);
    command.args(["--insecure", "--log", "error", "--listen", listen]).stdout(Stdio::piped());
    // Arguments can be read by everyone on the machine.
    command.env("ALMS_DATABASE", database);
    let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
    let output = child.stdout.take().context("the service has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    match line.trim().strip_prefix("listening on http://") {
        Some(address) => Ok((child, address.to_owned())),
        None => {
            child.kill().ok();
            bail!("the service did not start ({})", child.wait()?)
        }
    }
}
