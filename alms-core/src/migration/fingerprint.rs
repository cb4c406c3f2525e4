//! The fingerprint of a plan (MIG-19): SHA-256 over a canonical text of all that the plan follows from.
//!
//! The text is UTF-8, one line per item, so that anybody can compute it again:
//!
//! ```text
//! alms-plan-fingerprint/1
//! rulebook <text>
//! on <date>
//! policy <month_rounding> <years added to support dates> <cleanup> <inactive_months>
//! account <uid> <name> <instance> <format> <kind> <created> <tokens>
//! administrators <text> …
//! users <text> …
//! partners <text> …
//! texts <offer_class> <branding> <configuration>
//! systems
//! <serial> <model> <state> <last_communication> <support_end> <warranty_end>
//! …
//! ```
//!
//! Items of a line are separated by one space and every line ends with a line feed. A text is its length in bytes, a colon and its bytes (no text can
//! imitate another item), a date `YYYY-MM-DD`; what is absent is `-`. Systems are in the order of their
//! serials' bytes, and administrators, users and partners in the order of their own: the same in another order
//! are the same account.
//!
//! The plan of a reseller (MIG-18) begins otherwise and holds several accounts, the reseller's first:
//!
//! ```text
//! alms-reseller-plan-fingerprint/1
//! rulebook <text>
//! on <date>
//! instance <instance>
//! keep <text> …
//! account … and all that follows, as above
//! account … of the first account that is merged in
//! …
//! ```
//!
//! There the accounts, their systems and the serials to keep stand in the given order: it decides which systems are
//! over the limit.

use super::{Policy, ResellerMerge};
use crate::ErrorCode;
use crate::account::{Account, AccountData, System};
use crate::calendar::Date;
use crate::rule::RULEBOOK;
use crate::text::Uid;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// A plan's fingerprint, printed as `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

/// A text that is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is `sha256:` and 64 lower-case hexadecimal digits")]
pub struct ParseFingerprintError;

impl ParseFingerprintError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
}

impl Fingerprint {
    /// The fingerprint of what a plan follows from.
    pub fn of(account: &Account, on: Date, policy: &Policy) -> Self {
        let mut text = CanonicalText::new("alms-plan-fingerprint/1", on);
        text.policy(policy);
        text.account(account.data());
        text.line("systems");
        for system in account.data().systems.iter_by_serial() {
            text.system(system);
        }
        Self(text.digest())
    }

    /// The fingerprint of what a reseller's plan follows from.
    pub(super) fn of_reseller(merge: &ResellerMerge) -> Self {
        let mut text = CanonicalText::new("alms-reseller-plan-fingerprint/1", merge.on);
        text.line("instance").word(merge.target().as_str());
        text.line("keep").texts(&merge.keep);
        for account in merge.accounts() {
            text.account(account.data());
            text.line("systems");
            // Who is over the limit depends on the order.
            account.data().systems.iter().for_each(|system| text.system(system));
        }
        Self(text.digest())
    }
}

/// Writes the canonical text and hashes it a block at a time, so that a large account needs no large buffer.
struct CanonicalText {
    hasher: Sha256,
    buffer: Vec<u8>,
}

/// How much text is gathered before it is hashed; a text of 256 characters has at most 1,024 bytes.
const BLOCK_BYTES: usize = 16 * 1024;

impl CanonicalText {
    /// The first lines: what is hashed, the rulebook, the date.
    fn new(what: &str, on: Date) -> Self {
        let mut text = Self { hasher: Sha256::new(), buffer: Vec::with_capacity(BLOCK_BYTES) };
        text.buffer.extend_from_slice(what.as_bytes());
        text.line("rulebook").space().text(RULEBOOK);
        text.line("on").date(Some(on));
        text
    }

    fn policy(&mut self, policy: &Policy) {
        self.line("policy").word(policy.month_rounding.as_str());
        self.space().number(i64::from(policy.complete_renewal.years()));
        self.word(policy.cleanup.as_str()).space().number(i64::from(policy.inactive_months));
    }

    /// An account without its systems.
    fn account(&mut self, account: &AccountData) {
        self.line("account").texts(&[account.uid.as_str(), account.name.as_str()]);
        self.word(account.instance.as_str()).word(account.format.as_str()).word(account.kind.as_str());
        self.date(account.created).space().number(account.tokens.get());
        self.line("administrators").sorted(&account.administrators);
        self.line("users").sorted(&account.users);
        let partners: Vec<&Uid> = account.partnerships.iter().map(|one| &one.partner).collect();
        self.line("partners").sorted(&partners);
        self.line("texts");
        for text in [&account.offer_class, &account.branding, &account.configuration] {
            match text {
                Some(text) => self.space().text(text.as_str()),
                None => self.word("-"),
            };
        }
    }

    fn system(&mut self, system: &System) {
        self.line("").text(system.serial.as_str());
        self.space().text(system.model.as_str()).word(system.state.as_str());
        self.date(system.last_communication).date(system.support_end).date(system.warranty_end);
    }

    fn digest(mut self) -> [u8; 32] {
        self.buffer.push(b'\n');
        self.hasher.update(&self.buffer);
        self.hasher.finalize().into()
    }

    /// Starts a line with its keyword.
    fn line(&mut self, keyword: &str) -> &mut Self {
        self.buffer.push(b'\n');
        if self.buffer.len() > BLOCK_BYTES {
            self.hasher.update(&self.buffer);
            self.buffer.clear();
        }
        self.buffer.extend_from_slice(keyword.as_bytes());
        self
    }

    fn space(&mut self) -> &mut Self {
        self.buffer.push(b' ');
        self
    }

    /// A space and a word of the library's own.
    fn word(&mut self, word: &str) -> &mut Self {
        self.space().buffer.extend_from_slice(word.as_bytes());
        self
    }

    /// A text of the user's: its length, a colon, its bytes.
    fn text(&mut self, text: &str) -> &mut Self {
        self.number(i64::try_from(text.len()).unwrap_or(i64::MAX));
        self.buffer.push(b':');
        self.buffer.extend_from_slice(text.as_bytes());
        self
    }

    fn texts(&mut self, texts: &[impl AsRef<str>]) -> &mut Self {
        for text in texts {
            self.space().text(text.as_ref());
        }
        self
    }

    fn sorted(&mut self, texts: &[impl AsRef<str>]) -> &mut Self {
        let mut texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        texts.sort_unstable();
        self.texts(&texts)
    }

    fn number(&mut self, number: i64) -> &mut Self {
        match u8::try_from(number) {
            // Lengths and most policies are small, and formatting machinery is not.
            Ok(small @ 0..=9) => self.buffer.push(b'0' | small),
            Ok(small @ 10..=99) => self.buffer.extend_from_slice(&[b'0' | (small / 10), b'0' | (small % 10)]),
            _ => self.buffer.extend_from_slice(number.to_string().as_bytes()),
        }
        self
    }

    /// A space and a date, or `-` for none.
    fn date(&mut self, date: Option<Date>) -> &mut Self {
        match date {
            Some(date) => self.space().buffer.extend_from_slice(date.iso().as_bytes()),
            None => return self.word("-"),
        }
        self
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]).try_for_each(|half| f.write_char(hex(half)))
    }
}

/// The hexadecimal digit of a number below 16.
fn hex(half: u8) -> char {
    char::from_digit(u32::from(half), 16).unwrap_or('0')
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = ParseFingerprintError;

    fn from_str(text: &str) -> Result<Self, ParseFingerprintError> {
        let digits = text.strip_prefix("sha256:").ok_or(ParseFingerprintError)?.as_bytes();
        if digits.len() != 64 {
            return Err(ParseFingerprintError);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair.iter().try_fold(0_u8, |value, digit| Ok(value.wrapping_shl(4) | nibble(*digit)?))?;
        }
        Ok(Self(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, ParseFingerprintError> {
    match digit {
        b'0'..=b'9' => Ok(digit & 0x0f),
        // 'a' is 0x61: its low half is 1, so 9 more makes 10.
        b'a'..=b'f' => Ok((digit & 0x0f).saturating_add(9)),
        _ => Err(ParseFingerprintError),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back_and_nothing_else() {
        let text = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        assert_eq!(text.parse::<Fingerprint>().unwrap().to_string(), text);
        for wrong in ["", "sha256:", &text[1..], &text[..70], &text.to_uppercase(), &text.replace('9', "g")] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(ParseFingerprintError), "{wrong}");
        }
    }
}
