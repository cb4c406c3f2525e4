use super::Country;
use crate::ErrorCode;
use crate::names::named_enum;
use crate::offers::{BillingModel, Region, Subscriber};
use crate::rule::RuleId;

named_enum! {
    /// How services are paid (PAY-2, PAY-4).
    #[non_exhaustive]
    pub enum PaymentMethod {
        /// A purchase order to the partner, years in advance.
        PurchaseOrder = "purchase_order",
        /// A credit card.
        Card = "card",
        /// A direct debit from a bank account (SEPA).
        Sepa = "sepa",
        /// An invoice from the vendor.
        DirectInvoicing = "direct_invoicing",
        /// What the vendor sets up for one customer.
        CustomSetup = "custom_setup",
    }
}

named_enum! {
    /// Who arranges a payment.
    #[non_exhaustive]
    pub enum PaymentChannel {
        /// The partner.
        Partner = "partner",
        /// The customer, while signing up in the browser.
        WebSignUp = "web_sign_up",
        /// The vendor's sales.
        Sales = "sales",
        /// The vendor's sales, by hand, for monthly support only (PAY-3).
        ManualAssistance = "manual_assistance",
        /// The vendor's personnel.
        Vendor = "vendor",
    }
}

/// Why a method cannot be used, with the way to fix it.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// Cards are for residents of the United States (PAY-2).
    #[error(
        "the country is `{0}`, cards are standard in the United States only; ask sales to set up monthly support by card, \
         or pay by another method"
    )]
    CardOutsideUs(Country),
    /// A card needs a billing address in the United States (PAY-2).
    #[error(
        "the billing address is in `{0}`, a card needs one in the United States; give one there as `billing_address`"
    )]
    BillingAddressOutsideUs(Country),
    /// SEPA is for residents of the European Union (PAY-2).
    #[error(
        "the country is `{0}`, SEPA is for the European Union; arrange direct invoicing with sales, or a custom set-up with \
         the vendor"
    )]
    SepaOutsideEu(Country),
    /// The account is billed the other way (PAY-4).
    #[error("the account is billed `{account}`, `{method}` is `{billing}`; pay as all its offers are paid")]
    BillingMismatch {
        /// The account's billing model.
        account: BillingModel,
        /// The method.
        method: PaymentMethod,
        /// The method's billing model.
        billing: BillingModel,
    },
}

impl Obstacle {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::CardOutsideUs(_) => ErrorCode::CardOutsideUs,
            Self::BillingAddressOutsideUs(_) => ErrorCode::BillingAddressOutsideUs,
            Self::SepaOutsideEu(_) => ErrorCode::SepaOutsideEu,
            Self::BillingMismatch { .. } => ErrorCode::BillingMismatch,
        }
    }
}

impl Obstacle {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        match self {
            Obstacle::BillingMismatch { .. } => RuleId::Pay4,
            _ => RuleId::Pay2,
        }
    }
}

impl PaymentMethod {
    /// The billing model to which it belongs.
    pub const fn billing(self) -> BillingModel {
        match self {
            PaymentMethod::PurchaseOrder => BillingModel::PrePaid,
            _ => BillingModel::Direct,
        }
    }

    /// The rule that offers it.
    pub const fn rule(self) -> RuleId {
        match self {
            PaymentMethod::PurchaseOrder => RuleId::Pay4,
            _ => RuleId::Pay2,
        }
    }

    /// What has to be the case for it.
    pub const fn condition(self) -> &'static str {
        match self {
            PaymentMethod::PurchaseOrder => "the account is pre-paid; the partner takes the purchase order",
            PaymentMethod::Card => "residence and billing address are in the United States",
            PaymentMethod::Sepa => "residence is in the European Union",
            PaymentMethod::DirectInvoicing => "it is arranged with the vendor's sales",
            PaymentMethod::CustomSetup => "the vendor's personnel set it up",
        }
    }
}

/// A method, whether it can be used, and who arranges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The method.
    pub method: PaymentMethod,
    /// Who arranges it; where it is no standard method, who may still help.
    pub channel: PaymentChannel,
    /// Everything that stands in the way; empty if it can be used.
    pub obstacles: Vec<Obstacle>,
}

/// Every method of payment for residents of `country` with a billing address in `address`, each with all that stands in
/// its way (PAY-2); for an account, also whether it is billed so (PAY-4).
///
/// ```
/// use alms_core::billing::{PaymentMethod, payments};
/// let usable = payments("DE".parse()?, "DE".parse()?, None).into_iter().filter(|one| one.obstacles.is_empty());
/// let usable: Vec<_> = usable.map(|one| one.method.as_str()).collect();
/// assert_eq!(usable, ["purchase_order", "sepa", "direct_invoicing", "custom_setup"]);
/// # Ok::<(), alms_core::billing::CountryError>(())
/// ```
pub fn payments(country: Country, address: Country, account: Option<&Subscriber>) -> Vec<Payment> {
    let region = country.region();
    let payment = |method: PaymentMethod| {
        let (channel, of_place) = match method {
            PaymentMethod::PurchaseOrder => (PaymentChannel::Partner, vec![]),
            PaymentMethod::Card => card(country, address),
            PaymentMethod::Sepa if region == Region::Eu => (PaymentChannel::WebSignUp, vec![]),
            PaymentMethod::Sepa => (PaymentChannel::Vendor, vec![Obstacle::SepaOutsideEu(country)]),
            PaymentMethod::DirectInvoicing => (PaymentChannel::Sales, vec![]),
            PaymentMethod::CustomSetup => (PaymentChannel::Vendor, vec![]),
        };
        let of_account = account.map(|account| account.billing).filter(|own| *own != method.billing());
        let of_account = of_account.map(|own| Obstacle::BillingMismatch {
            account: own,
            method,
            billing: method.billing(),
        });
        Payment { method, channel, obstacles: of_place.into_iter().chain(of_account).collect() }
    };
    PaymentMethod::ALL.iter().copied().map(payment).collect()
}

/// A card: in the United States by sign-up; elsewhere sales may set it up for monthly support (the footnote of PAY-3);
/// with a foreign billing address it is no standard case.
fn card(country: Country, address: Country) -> (PaymentChannel, Vec<Obstacle>) {
    let of_country = (country.region() != Region::Us).then_some(Obstacle::CardOutsideUs(country));
    let of_address = (address.region() != Region::Us).then_some(Obstacle::BillingAddressOutsideUs(address));
    let channel = match (of_country, of_address) {
        (None, None) => PaymentChannel::WebSignUp,
        (None, Some(_)) => PaymentChannel::Vendor,
        (Some(_), _) => PaymentChannel::ManualAssistance,
    };
    (channel, of_country.into_iter().chain(of_address).collect())
}
