//! The corpora of the fuzz targets, and every input that ever failed.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use alms_checks::TARGETS;

fn files(kind: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").join(kind).join(target);
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
}

#[test]
fn every_known_input_keeps_every_promise() {
    for (target, check) in TARGETS {
        let corpus = files("corpus", target);
        assert!(!corpus.is_empty(), "{target} has no corpus");
        for path in corpus.into_iter().chain(files("crashers", target)) {
            // A failure says which file it was.
            println!("{}", path.display());
            check(&fs::read(&path).unwrap());
        }
    }
}

#[test]
fn every_target_is_fuzzed() {
    for (target, _) in TARGETS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets").join(target);
        assert!(path.with_extension("rs").is_file(), "{target}");
    }
}
