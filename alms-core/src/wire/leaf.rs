//! The leaves of every document: texts, dates, counts and names, read and written by the same types.
//!
//! Reading happens in two steps. The JSON step only checks the shape, so that a leaf still holds what the
//! user wrote; `read` then makes it a value of the domain, or an error that quotes what was written. Writing
//! goes the other way, from a value of the domain.

use super::ErrorCode;
use super::error::{Error, shown};
use crate::billing::Country;
use crate::bounds::{COUNT_MAX, SYSTEMS_MAX};
use crate::calendar::{Date, Month, Months};
use crate::json::{Fault, TextForm, refused_text};
#[cfg(feature = "migration")]
use crate::migration::Fingerprint;
use crate::money::{Currency, Decimal};
use crate::names::UnknownName;
use crate::quantity::{CountError, CountOutOfRange};
use crate::rule::{Grounds, RuleId};
use crate::text::{AtLeast, TextError};
use crate::tokens::{Packs, Peak, PositiveTokens, Tokens};
use alms_json::{Fill, Json, Raw, Read, Shape, Source, Stop, Write};
use std::borrow::Cow;
use std::str::FromStr;

/// What is read as something else, and then wrapped.
macro_rules! read_as {
    ($([$($generics:tt)*] $type:ty: $read:ty, $wrap:expr;)+) => {$(
        impl<$($generics)*> alms_json::Fill<'a> for $type {
            fn fill(
                &mut self,
                source: &mut dyn alms_json::Source<'a>,
            ) -> Result<(), alms_json::Stop> {
                let mut value = <$read as alms_json::Read<'a>>::empty();
                alms_json::Fill::fill(&mut value, source)?;
                *self = $wrap(value);
                Ok(())
            }
        }

        impl<$($generics)*> alms_json::Read<'a> for $type {
            fn empty() -> Self {
                $wrap(<$read as alms_json::Read<'a>>::empty())
            }
        }
    )+};
}

pub(super) use read_as;

/// The value that a text says, in the words of the value's own type where it says none.
fn scalar<T: TextForm>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|error| T::refused(text, error).into())
}

/// A text of at least so many characters; borrowed from the input where JSON needs no unescaping.
///
/// What is read into it, or written from it, needs as many: so the schema says what the reader asks for.
#[derive(Debug, Clone)]
pub(super) struct Text<'a, const CHARS_MIN: usize = 0>(pub(super) Cow<'a, str>);

/// A text that names something, and is not empty.
pub(super) type Id<'a> = Text<'a, 1>;

impl<'a, const CHARS_MIN: usize> Text<'a, CHARS_MIN> {
    /// The domain's text or identifier.
    pub(super) fn read<T: AtLeast<CHARS_MIN> + FromStr<Err = TextError>>(&self) -> Result<T, Error> {
        self.0.parse().map_err(|error| refused_text(&self.0, error).into())
    }

    pub(super) fn of(text: &'a (impl AtLeast<CHARS_MIN> + AsRef<str> + ?Sized)) -> Self {
        Self(Cow::Borrowed(text.as_ref()))
    }
}

impl Text<'_> {
    /// The text as it is, if it is not too long.
    pub(super) fn limited(&self) -> Result<String, Error> {
        Ok(self.read::<crate::text::Text>()?.as_str().to_owned())
    }
}

impl<'a, const CHARS_MIN: usize> Fill<'a> for Text<'a, CHARS_MIN> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut text = None;
        source.value(Shape { expected: "a text", text: Some(&mut text), ..Shape::default() })?;
        self.0 = text.unwrap_or_default();
        Ok(())
    }
}

impl<'a, const CHARS_MIN: usize> Read<'a> for Text<'a, CHARS_MIN> {
    fn empty() -> Self {
        Self(Cow::Borrowed(""))
    }
}

impl<const CHARS_MIN: usize> Write for Text<'_, CHARS_MIN> {
    fn write(&self, json: &mut Json<'_>) {
        json.string(&self.0);
    }
}

/// A text of the library's own, or a file's: as long as it is.
#[derive(Debug, Clone)]
pub(super) struct Prose<'a>(pub(super) Text<'a>);

impl<'a> Prose<'a> {
    pub(super) fn of(text: &'a (impl AsRef<str> + ?Sized)) -> Self {
        Self(Text(Cow::Borrowed(text.as_ref())))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0.0
    }
}

read_as! { ['a] Prose<'a>: Text<'a>, Prose; }

impl Write for Prose<'_> {
    fn write(&self, json: &mut Json<'_>) {
        self.0.write(json);
    }
}

impl From<String> for Prose<'_> {
    fn from(text: String) -> Self {
        Self(Text(Cow::Owned(text)))
    }
}

/// A date.
#[derive(Debug, Clone)]
pub(super) enum Day<'a> {
    Written(Text<'a>),
    Date(Date),
}

impl Day<'_> {
    pub(super) fn read(&self) -> Result<Date, Error> {
        match self {
            Day::Date(date) => Ok(*date),
            Day::Written(Text(text)) => scalar(text),
        }
    }
}

read_as! { ['a] Day<'a>: Text<'a>, Day::Written; }

impl Write for Day<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Day::Written(text) => text.write(json),
            Day::Date(date) => json.string(&date.iso()),
        }
    }
}

impl From<Date> for Day<'_> {
    fn from(date: Date) -> Self {
        Day::Date(date)
    }
}

/// A calendar month.
#[derive(Debug, Clone)]
pub(super) enum YearMonth<'a> {
    Written(Text<'a>),
    Month(Month),
}

impl YearMonth<'_> {
    pub(super) fn read(&self) -> Result<Month, Error> {
        match self {
            YearMonth::Month(month) => Ok(*month),
            YearMonth::Written(Text(text)) => scalar(text),
        }
    }
}

read_as! { ['a] YearMonth<'a>: Text<'a>, YearMonth::Written; }

impl Write for YearMonth<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            YearMonth::Written(text) => text.write(json),
            YearMonth::Month(month) => json.string(&month.to_string()),
        }
    }
}

impl From<Month> for YearMonth<'_> {
    fn from(month: Month) -> Self {
        YearMonth::Month(month)
    }
}

/// An integer, as it is written: a number that is too large, or no integer, is told apart from one that is not a number.
///
/// Its limits are part of its type, so that the schema says those that the reader asks for: ±10^15 where none are named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count<'a, const MIN: i64 = { -COUNT_MAX }, const MAX: i64 = COUNT_MAX> {
    Written(Raw<'a>),
    Number(i64),
}

/// A count of what cannot be fewer than none.
pub(super) type Natural<'a, const MAX: i64 = COUNT_MAX> = Count<'a, 0, MAX>;

/// A number of systems: as many as an account may have.
pub(super) type SystemCount<'a> = Natural<'a, { SYSTEMS_MAX as i64 }>;

/// A number of days, months or others that is held in 32 bits.
pub(super) type Small<'a> = Natural<'a, { u32::MAX as i64 }>;

/// Packs that are ordered; a rule asks for at least one.
pub(super) type PackCount<'a> = Count<'a, { -COUNT_MAX }, { Packs::MAX }>;

impl<const MIN: i64, const MAX: i64> Count<'_, MIN, MAX> {
    /// The number, within its limits.
    pub(super) fn read(&self) -> Result<i64, Error> {
        self.within(MIN, MAX)
    }

    /// The number, of which the limits are those of a smaller type.
    pub(super) fn small<T: TryFrom<i64, Error: std::fmt::Display>>(&self) -> Result<T, Error> {
        T::try_from(self.read()?).map_err(Error::invalid_input)
    }

    fn within(&self, min: i64, max: i64) -> Result<i64, Error> {
        let text = match self {
            Count::Number(number) => return Ok(*number),
            Count::Written(raw) => raw.get(),
        };
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::invalid_input(format!(
                "`{}` is not a whole number; write it in digits, without quotes, decimals or exponent",
                shown(text)
            )));
        }
        match text.parse() {
            Ok(number) if (min..=max).contains(&number) => Ok(number),
            _ => {
                let message = format!("`{}` is out of range; give a number from {min} to {max}", shown(text));
                Err(Error::new(ErrorCode::OutOfRange, message).with("min", min).with("max", max))
            }
        }
    }

    pub(super) fn tokens(&self) -> Result<Tokens, Error> {
        Ok(Tokens::try_new(self.read()?)?)
    }

    pub(super) fn months(&self) -> Result<Months, Error> {
        Ok(Months::try_new(self.read()?)?)
    }

    /// Tokens that are given or taken (ORD-5).
    pub(super) fn positive_tokens(&self) -> Result<PositiveTokens, Error> {
        PositiveTokens::try_new(self.read()?).map_err(|error| not_a_count(error, RuleId::Ord5))
    }
}

impl PackCount<'_> {
    /// Packs that are ordered, by the rule that asks for at least one.
    pub(super) fn packs(&self, rule: RuleId) -> Result<Packs, Error> {
        let packs = match self.within(-COUNT_MAX, COUNT_MAX)? {
            // Their tokens would be beyond the limit.
            packs if packs > Packs::MAX => self.within(1, Packs::MAX)?,
            packs => packs,
        };
        Packs::try_new(packs).map_err(|error| not_a_count(error, rule))
    }
}

impl Natural<'_> {
    /// A number of active systems.
    pub(super) fn peak(&self) -> Result<Peak, Error> {
        Ok(Peak::try_new(self.read()?)?)
    }
}

read_as! { ['a, const MIN: i64, const MAX: i64] Count<'a, MIN, MAX>: Raw<'a>, Count::Written; }

impl<const MIN: i64, const MAX: i64> Write for Count<'_, MIN, MAX> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Count::Written(raw) => raw.write(json),
            Count::Number(number) => number.write(json),
        }
    }
}

impl<const MIN: i64, const MAX: i64> From<i64> for Count<'_, MIN, MAX> {
    fn from(number: i64) -> Self {
        Count::Number(number)
    }
}

impl<const MIN: i64, const MAX: i64> From<Tokens> for Count<'_, MIN, MAX> {
    fn from(tokens: Tokens) -> Self {
        Count::Number(tokens.get())
    }
}

impl<const MIN: i64, const MAX: i64> From<Peak> for Count<'_, MIN, MAX> {
    fn from(peak: Peak) -> Self {
        Count::Number(peak.get())
    }
}

impl<const MIN: i64, const MAX: i64> From<u32> for Count<'_, MIN, MAX> {
    fn from(number: u32) -> Self {
        Count::Number(i64::from(number))
    }
}

/// What a text stands for that has a form of its own.
macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident: $value:ty $(, $of:ident)?;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) struct $name<'a>(pub(super) Text<'a>);

        impl $name<'_> {
            $(pub(super) fn $of(value: $value) -> Self {
                Self(Text(Cow::Owned(value.to_string())))
            })?

            pub(super) fn read(&self) -> Result<$value, Error> {
                scalar(&self.0.0)
            }
        }

        read_as! { ['a] $name<'a>: Text<'a>, $name; }

        impl Write for $name<'_> {
            fn write(&self, json: &mut Json<'_>) {
                self.0.write(json);
            }
        }
    )+};
}

forms! {
    /// A decimal.
    DecimalText: Decimal, of;
    /// An amount that is asked or paid: nobody takes one below zero.
    Amount: Decimal, of;
    /// A currency by its code.
    CurrencyCode: Currency, of;
    /// A country by its code.
    CountryCode: Country, of;
}

/// The fingerprint of a plan.
#[cfg(feature = "migration")]
#[derive(Debug, Clone)]
pub(super) struct FingerprintText<'a>(Text<'a>);

#[cfg(feature = "migration")]
impl FingerprintText<'_> {
    pub(super) fn of(fingerprint: Fingerprint) -> Self {
        Self(Text(Cow::Owned(fingerprint.to_string())))
    }

    pub(super) fn read(&self) -> Result<Fingerprint, Error> {
        scalar(&self.0.0)
    }
}

#[cfg(feature = "migration")]
read_as! { ['a] FingerprintText<'a>: Text<'a>, FingerprintText; }

#[cfg(feature = "migration")]
impl Write for FingerprintText<'_> {
    fn write(&self, json: &mut Json<'_>) {
        self.0.write(json);
    }
}

/// One of the names of the enumeration `T`.
#[derive(Debug, Clone)]
pub(super) enum Choice<'a, T> {
    Written(Text<'a>),
    Value(T),
}

impl<T: Copy + FromStr<Err = UnknownName>> Choice<'_, T> {
    pub(super) fn read(&self) -> Result<T, Error> {
        match self {
            Choice::Value(value) => Ok(*value),
            Choice::Written(Text(text)) => text.parse().map_err(|error| Fault::from(error).into()),
        }
    }
}

read_as! { ['a, T] Choice<'a, T>: Text<'a>, Choice::Written; }

impl<T: Named> Write for Choice<'_, T> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Choice::Written(text) => text.write(json),
            Choice::Value(value) => json.string(value.name()),
        }
    }
}

impl<T: Named> From<T> for Choice<'_, T> {
    fn from(value: T) -> Self {
        Choice::Value(value)
    }
}

/// An enumeration with stable names.
pub(super) trait Named: Copy {
    /// The names of all values, for the schema.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "read by the schemas only"))]
    const NAMES: &'static [&'static str];
    /// The name of this one.
    fn name(self) -> &'static str;
}

// Its schema is declared beside that of errors.
impl Named for super::ErrorCode {
    const NAMES: &'static [&'static str] = super::ErrorCode::NAMES;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

macro_rules! named {
    ($list:ident: $($(#[$area:meta])? $type:ty),+ $(,)?) => {
        $($(#[$area])? impl Named for $type {
            const NAMES: &'static [&'static str] = <$type>::NAMES;

            fn name(self) -> &'static str {
                self.as_str()
            }
        })+

        $(#[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"enum": <$type>::NAMES})
            }
        })+

        /// The enumerations, for declarations in other languages.
        #[cfg(feature = "schema")]
        pub(super) fn $list() -> Vec<super::schema::Enumeration> {
            vec![$(super::schema::Enumeration {
                path: stringify!($type),
                names: <$type>::NAMES,
                meanings: <$type>::ALL.iter().map(|value| value.meaning()).collect(),
            }),+]
        }
    };
}

named! { enumerations:
    #[cfg(feature = "accounts")]
    crate::account::AccountFindingCode,
    #[cfg(feature = "accounts")]
    crate::account::ActivationState,
    crate::account::ChannelKind,
    crate::account::Format,
    crate::account::Instance,
    crate::account::Kind,
    #[cfg(feature = "accounts")]
    crate::account::LookupStatus,
    crate::account::MoveLoss,
    #[cfg(feature = "accounts")]
    crate::account::PartnerLink,
    #[cfg(feature = "accounts")]
    crate::account::RequestState,
    #[cfg(feature = "accounts")]
    crate::account::Sight,
    #[cfg(feature = "accounts")]
    crate::account::StepKind,
    crate::account::Series,
    crate::account::SystemState,
    #[cfg(feature = "subscriptions")]
    crate::billing::PaymentChannel,
    #[cfg(feature = "subscriptions")]
    crate::billing::PaymentMethod,
    #[cfg(feature = "migration")]
    crate::migration::Cleanup,
    #[cfg(feature = "migration")]
    crate::migration::ConsentBy,
    #[cfg(feature = "migration")]
    crate::migration::MergeWarningCode,
    #[cfg(feature = "migration")]
    crate::migration::MonthRounding,
    #[cfg(feature = "migration")]
    crate::migration::Outcome,
    #[cfg(feature = "migration")]
    crate::migration::Verdict,
    #[cfg(feature = "migration")]
    crate::migration::WarningCode,
    crate::offers::BillingModel,
    crate::offers::Connectivity,
    crate::offers::Offer,
    crate::offers::ProductKind,
    crate::offers::Region,
    crate::offers::SalesChannel,
    crate::offers::SupportLevel,
    #[cfg(feature = "reseller")]
    crate::reseller::NotificationFindingCode,
    #[cfg(feature = "reseller")]
    crate::reseller::CustomerColumn,
    #[cfg(feature = "reseller")]
    crate::reseller::SubaccountColumn,
    #[cfg(feature = "reseller")]
    crate::reseller::SystemColumn,
    #[cfg(feature = "reseller")]
    crate::reseller::TransferFindingCode,
    crate::rule::RuleId,
    crate::rule::Status,
    #[cfg(feature = "subscriptions")]
    crate::subscriptions::DayRounding,
    crate::subscriptions::EventType,
    crate::subscriptions::LifeState,
    #[cfg(feature = "subscriptions")]
    crate::subscriptions::RegistrationFindingCode,
    crate::subscriptions::StatedState,
    crate::subscriptions::SubscriptionBilling,
    #[cfg(feature = "subscriptions")]
    crate::subscriptions::PurchaseMethod,
    #[cfg(feature = "subscriptions")]
    crate::subscriptions::SkipReason,
    #[cfg(feature = "ledger")]
    crate::tokens::BookingType,
    #[cfg(feature = "tokens")]
    crate::tokens::FindingCode,
    #[cfg(feature = "ledger")]
    crate::tokens::OptionalField,
    crate::tokens::Status,
    #[cfg(feature = "ledger")]
    crate::tokens::SuspendedUse,
    #[cfg(feature = "ledger")]
    crate::tokens::UpdateKind,
    #[cfg(feature = "subscriptions")]
    crate::xr::FindingCode,
    crate::xr::SkuRegion,
}

#[cfg(feature = "files")]
named! { enumerations_of_files:
    crate::import::DateOrder,
    crate::import::ImportFindingCode,
    crate::import::NoteCode,
    crate::import::RowErrorCode,
}

/// The rules behind an outcome, the deciding one first.
#[derive(Debug, Clone)]
pub(super) enum GroundsList<'a> {
    Written(Vec<Text<'a>>),
    Grounds(Grounds),
}

impl GroundsList<'_> {
    pub(super) fn read(&self) -> Result<Grounds, Error> {
        let texts = match self {
            GroundsList::Grounds(grounds) => return Ok(*grounds),
            GroundsList::Written(texts) => texts,
        };
        let mut rules = texts
            .iter()
            .enumerate()
            .map(|(index, Text(text))| scalar::<RuleId>(text).map_err(|error| error.at_index(index)));
        let deciding = rules
            .next()
            .ok_or_else(|| Error::invalid_input("`[]` names no rule; give the deciding one"))??;
        rules.try_fold(Grounds::new(deciding), |grounds, rule| Ok(grounds.with(rule?)))
    }
}

read_as! { ['a] GroundsList<'a>: Vec<Text<'a>>, GroundsList::Written; }

impl Write for GroundsList<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            GroundsList::Written(texts) => texts.write(json),
            GroundsList::Grounds(grounds) => json.list(grounds.iter().map(RuleId::as_str)),
        }
    }
}

/// What is ordered, given or taken is at least one.
fn not_a_count(error: CountError, rule: RuleId) -> Error {
    match error {
        CountError::NotPositive { .. } => Error::from(Fault::from(error)).by_rule(rule),
        CountError::OutOfRange(_) => Fault::from(error).into(),
    }
}

impl From<CountOutOfRange> for Error {
    fn from(error: CountOutOfRange) -> Self {
        Fault::from(error).into()
    }
}
