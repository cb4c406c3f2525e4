//! PostgreSQL for the tests of `examples/service`: Debian's packages in a private folder, a server of one run.
//!
//! Nothing is installed on the machine. The packages are kept in `target/postgres`; each run unpacks them in a temporary
//! folder, which a user without rights can read: PostgreSQL does not run as root.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;

use crate::process::{ask, run};
use crate::workspace::Workspace;

/// How long a server may take to start.
const START_TIME: Duration = Duration::from_secs(60);

/// Who runs the server where the tests run as root.
const USER: &str = "nobody";

/// A server that is stopped and removed when this goes.
#[derive(Debug)]
pub(crate) struct Server {
    installation: Installation,
    child: Child,
    port: u16,
}

/// PostgreSQL, unpacked.
#[derive(Debug)]
struct Installation {
    folder: TempDir,
    programs: PathBuf,
    libraries: PathBuf,
    is_root: bool,
}

impl Server {
    /// Starts a server with an empty database `postgres`, on a port that is free.
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        let packages = packages(workspace)?;
        let installation = Installation::unpack(&packages)?;
        let data = installation.data();
        let mut initdb = installation.program("initdb");
        initdb
            .args(["--username=alms", "--auth=trust", "--no-locale", "--encoding=UTF8", "--pgdata"])
            .arg(&data);
        ask(&mut initdb).context("initdb failed")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut server = installation.program("postgres");
        server.args(["-h", "127.0.0.1", "-c", "jit=off", "-p"]).arg(port.to_string());
        server.arg("-k").arg(&data).arg("-D").arg(&data);
        println!("$ postgres -h 127.0.0.1 -p {port} (in {})", installation.folder.path().display());
        let log = fs::File::create(installation.folder.path().join("log"))?;
        let child = server.stdout(log.try_clone()?).stderr(log).spawn().context("cannot start PostgreSQL")?;
        let mut server = Self { installation, child, port };
        server.wait()?;
        Ok(server)
    }

    /// Where its first database is.
    pub(crate) fn url(&self) -> String {
        format!("postgres://alms@127.0.0.1:{}/postgres", self.port)
    }

    /// The server says in its file when it is ready.
    fn wait(&mut self) -> Result<()> {
        let (start, file) = (Instant::now(), self.installation.data().join("postmaster.pid"));
        while start.elapsed() < START_TIME {
            let said = fs::read_to_string(&file).unwrap_or_default();
            if said.lines().any(|line| line.trim() == "ready") {
                return Ok(());
            }
            ensure!(self.child.try_wait()?.is_none(), "PostgreSQL ended at once: {}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL did not start within {} s: {}", START_TIME.as_secs(), self.log())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.installation.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = self.installation.program("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(self.installation.data());
        if ask(&mut stop).is_err() {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}

impl Installation {
    fn unpack(packages: &[PathBuf]) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("alms-postgres-").tempdir()?;
        for package in packages {
            ask(Command::new("dpkg").arg("--extract").arg(package).arg(folder.path()))
                .with_context(|| format!("cannot unpack {}; is it Debian?", package.display()))?;
        }
        let is_root = process_is_root();
        let data = folder.path().join("data");
        fs::create_dir(&data)?;
        if is_root {
            ask(Command::new("chmod").arg("755").arg(folder.path()))?;
            ask(Command::new("chown").arg(USER).arg(&data))?;
        }
        let programs = only(&folder.path().join("usr/lib/postgresql"), |_| true)?.join("bin");
        let libraries = only(&folder.path().join("usr/lib"), |name| name.ends_with("-linux-gnu"))?;
        let installation = Self { folder, programs, libraries, is_root };
        let missing = installation.missing_libraries()?;
        ensure!(missing.is_empty(), "PostgreSQL needs {}; install what has them", missing.join(", "));
        Ok(installation)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// One of the programs, with its own libraries before those of the machine, as a user without rights.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if self.is_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", USER, "--regid", "nogroup", "--clear-groups", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.env("LD_LIBRARY_PATH", &self.libraries).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    fn missing_libraries(&self) -> Result<Vec<String>> {
        let mut ldd = Command::new("ldd");
        ldd.arg(self.programs.join("postgres")).env("LD_LIBRARY_PATH", &self.libraries);
        let lines = ask(&mut ldd)?;
        let missing = lines.lines().filter(|line| line.contains("not found"));
        Ok(missing.filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect())
    }
}

/// The packages, fetched unless they are there.
pub(crate) fn packages(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let folder = workspace.target().join("postgres");
    let found = debs(&folder);
    if !found.is_empty() {
        return Ok(found);
    }
    let partial = workspace.target().join("postgres.partial");
    // The lists of a new machine are empty, or name packages that are replaced by now.
    let fetched = newest().and_then(|name| fetch(&name, &partial)).or_else(|_| {
        run(Command::new("apt-get").args(["update", "--quiet"]))?;
        fetch(&newest()?, &partial)
    });
    fetched.context(
        "the tests of examples/service need PostgreSQL, which comes from Debian's packages: run `apt-get update` as root \
         on a Debian or Ubuntu",
    )?;
    fs::rename(&partial, &folder)?;
    Ok(debs(&folder))
}

/// Fetches PostgreSQL and what of its libraries the machine lacks into a folder, which is emptied first.
fn fetch(name: &str, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    // Where apt keeps what has not arrived yet.
    fs::create_dir_all(folder.join("partial"))?;
    let mut install = Command::new("apt-get");
    install.args([
        "install",
        "--download-only",
        "--reinstall",
        "--yes",
        "--quiet=2",
        "--no-install-recommends",
    ]);
    // Nothing is installed, so nothing of the machine is locked; and apt's own user may not write here.
    install.args(["-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=root", "-o"]);
    install.arg(format!("Dir::Cache::archives={}", folder.display()));
    run(install.args([name, "libpq5"]))?;
    ensure!(!debs(folder).is_empty(), "apt has fetched nothing");
    Ok(())
}

/// The newest PostgreSQL of this Debian, such as `postgresql-15`.
fn newest() -> Result<String> {
    let list = ask(Command::new("apt-cache").args(["pkgnames", "postgresql-"]))?;
    let version = |name: &str| name.strip_prefix("postgresql-")?.parse::<u32>().ok();
    let newest = list.lines().filter_map(version).max().context("apt knows no PostgreSQL")?;
    Ok(format!("postgresql-{newest}"))
}

fn debs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "deb")).collect()
}

/// The one folder in a folder whose name is as it should be.
fn only(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut named = entries.flatten().filter(|entry| wanted(&entry.file_name().to_string_lossy()));
    let found =
        named.next().with_context(|| format!("{} is not as in Debian's package", folder.display()))?;
    Ok(found.path())
}

fn process_is_root() -> bool {
    ask(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}
