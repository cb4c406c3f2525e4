//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use cargo_metadata::MetadataCommand;

/// The checkout and its folders.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    version: String,
}

impl Workspace {
    /// Asks cargo, which knows about `CARGO_TARGET_DIR` and its configuration files.
    pub(crate) fn find() -> Result<Self> {
        let metadata = MetadataCommand::new().no_deps().exec().context("run this inside the checkout")?;
        let core = metadata.packages.iter().find(|package| package.name == "alms-core");
        Ok(Self {
            version: core.context("the workspace has no package alms-core")?.version.to_string(),
            root: metadata.workspace_root.into(),
            target: metadata.target_directory.into(),
        })
    }

    /// The checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The one version of all packages.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// What is published.
    pub(crate) fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }

    /// The Python package.
    pub(crate) fn python_package(&self) -> PathBuf {
        self.root.join("alms-py")
    }

    /// The npm package.
    pub(crate) fn npm_package(&self) -> PathBuf {
        self.root.join("alms-wasm")
    }

    /// The conformance vectors.
    pub(crate) fn conformance(&self) -> PathBuf {
        self.root.join("conformance")
    }
}
