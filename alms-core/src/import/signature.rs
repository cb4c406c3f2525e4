//! Files of other kinds, by their first bytes.

/// The kinds, what their first bytes are, and what to do.
///
/// A host that took the bytes for text gives them as Windows-1252, as Latin-1, or with replacement characters.
const KINDS: [(&str, &str, &[&[u8]]); 9] = [
    (
        "an Excel workbook (xls)",
        SAVE,
        &[
            b"\xd0\xcf\x11\xe0",
            "\u{d0}\u{cf}\u{11}\u{e0}".as_bytes(),
            "\u{fffd}\u{fffd}\u{11}\u{fffd}".as_bytes(),
        ],
    ),
    (
        "a gzip archive",
        UNPACK,
        &[b"\x1f\x8b", "\u{1f}\u{8b}".as_bytes(), "\u{1f}\u{2039}".as_bytes(), "\u{1f}\u{fffd}".as_bytes()],
    ),
    ("a Parquet file", TABLE, &[b"PAR1"]),
    ("a PDF document", EXPORT, &[b"%PDF-"]),
    (
        "a PNG picture",
        EXPORT,
        &[b"\x89PNG", "\u{89}PNG".as_bytes(), "\u{2030}PNG".as_bytes(), "\u{fffd}PNG".as_bytes()],
    ),
    ("a JPEG picture", EXPORT, &[b"\xff\xd8\xff", "\u{ff}\u{d8}\u{ff}".as_bytes()]),
    ("a bzip2 archive", UNPACK, &[b"BZh9"]),
    ("an xz archive", UNPACK, &[b"\xfd7zXZ\0", "\u{fd}7zXZ\0".as_bytes(), "\u{fffd}7zXZ\0".as_bytes()]),
    (
        "a Zstandard archive",
        UNPACK,
        &[
            b"\x28\xb5\x2f\xfd",
            "\u{28}\u{b5}\u{2f}\u{fd}".as_bytes(),
            "\u{28}\u{fffd}\u{2f}\u{fffd}".as_bytes(),
        ],
    ),
];

const SAVE: &str = "save it as `CSV UTF-8`, and import that";
const UNPACK: &str = "unpack it, and import the file inside";
const TABLE: &str = "write it as CSV, or read it with `plan_fleet`";
const EXPORT: &str = "export the list as CSV, and import that";

/// What the file is and what to do, if it is not text.
pub(super) fn of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zipped(bytes));
    }
    let is_kind = |(_, _, starts): &&(_, _, &[&[u8]])| starts.iter().any(|start| bytes.starts_with(start));
    KINDS.iter().find(is_kind).map(|(kind, advice, _)| (*kind, *advice))
}

/// A workbook is a zip archive whose first entries have names of their own.
fn zipped(bytes: &[u8]) -> (&'static str, &'static str) {
    let holds = |name: &[u8]| bytes.windows(name.len()).take(4096).any(|window| window == name);
    if [&b"[Content_Types].xml"[..], b"xl/", b"_rels/.rels"].iter().any(|name| holds(name)) {
        return ("an Excel workbook (xlsx)", SAVE);
    }
    ("a zip archive", UNPACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_known_by_their_first_bytes() {
        for (bytes, kind) in [
            (&b"PK\x03\x04\x14\0\x06\0[Content_Types].xml"[..], "an Excel workbook (xlsx)"),
            (b"PK\x03\x04\x14\0\0\0systems.csv", "a zip archive"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook (xls)"),
            ("ÐÏ\u{11}à¡±".as_bytes(), "an Excel workbook (xls)"),
            (b"\x1f\x8b\x08\0", "a gzip archive"),
            ("\u{1f}\u{fffd}\u{8}".as_bytes(), "a gzip archive"),
            (b"PAR1\x15\x04", "a Parquet file"),
            (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
            ("\u{fffd}PNG\r".as_bytes(), "a PNG picture"),
            (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        ] {
            assert_eq!(of(bytes).map(|(kind, _)| kind), Some(kind));
        }
        for text in ["", "P", "PK,State", "Serial,State", "PAR,1"] {
            assert_eq!(of(text.as_bytes()), None, "{text}");
        }
    }
}
