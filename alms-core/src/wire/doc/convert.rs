use super::account_view::{AccountOf, Whole, Written};
use super::directory::TicketDoc;
use crate::account::{Conversion, ConversionError, Kind};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::Choice;
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `accounts.convert`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ConvertRequest"))]
pub(in crate::wire) struct ConvertRequestDoc<'a> {
    /// The account.
    pub(in crate::wire) account: AccountOf<'a, Whole>,
    /// The kind that it is to have; `customer` where absent.
    to: Option<Choice<'a, Kind>>,
    /// The ticket by which Customer Support is asked for it: for every conversion but that to a customer account.
    ticket: Option<Object<TicketDoc<'a>>>,
    /// Whether the company is an authorized partner, for a conversion to `reseller`; null where the ticket has it
    /// looked up.
    authorized: Option<bool>,
}

impl ConvertRequestDoc<'_> {
    pub(in crate::wire) fn conversion(&self) -> Result<Conversion, Error> {
        Ok(Conversion {
            to: self.to.as_ref().map_or(Ok(Kind::Customer), Choice::read).at("to")?,
            ticket: self.ticket.as_ref().map(|ticket| ticket.read()).transpose().at("ticket")?,
            authorized: self.authorized,
        })
    }
}

/// Output of `accounts.convert`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Converted"))]
pub(in crate::wire) struct ConvertedDoc<'a> {
    /// The account of its new kind.
    pub(in crate::wire) account: AccountOf<'a, Written>,
}

impl From<ConversionError> for Error {
    fn from(error: ConversionError) -> Self {
        let with = || Error::new(error.code(), &error).by_rule(error.rule()).at(error.field());
        match &error {
            ConversionError::NotFreeTier { kind } => with().with("kind", kind.as_str()),
            ConversionError::NotAvailable { from, to } => {
                with().with("from", from.as_str()).with("to", to.as_str())
            }
            ConversionError::SystemsRegistered { count } => with().with("count", *count),
            ConversionError::TooManySystems { count, max, .. } => {
                with().with("count", *count).with("max", *max)
            }
            ConversionError::TicketRequired { account, .. } => with().with("account", account.as_str()),
            ConversionError::IncompleteTicket { account } => with().with("missing", vec![account.as_str()]),
            ConversionError::NotAuthorized { account } => with().with("account", account.as_str()),
        }
    }
}
